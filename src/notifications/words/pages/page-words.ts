import type { Frequency } from '../../addresses/address.store.js';
import type { SubscriptionKind } from '../../subscriptions/subscription.store.js';

/** Of the pages that links in mails lead to. Names and titles are given as they are: what is made of them is text. */
export interface PageWords {
  /** What a subscription is about. */
  about: Record<SubscriptionKind, (title: string) => string>;
  /** After the first of many of those. */
  more: (count: number) => string;
  confirm: {
    title: string;
    intro: (siteName: string) => string;
    button: string;
    notYou: string;
    done: string;
    doneIntro: (siteName: string) => string;
    already: string;
  };
  list: {
    title: (name: string) => string;
    intro: (siteName: string) => string;
    button: string;
    done: string;
    doneIntro: (name: string) => string;
    /** It was withdrawn, or the list takes nobody new. */
    over: string;
  };
  unsubscribe: {
    title: string;
    intro: (siteName: string) => string;
    button: string;
    done: string;
    doneIntro: string;
  };
  preferences: {
    title: string;
    intro: (siteName: string, email: string) => string;
    saved: string;
    settings: string;
    frequency: string;
    frequencies: Record<Frequency, string>;
    timeZone: string;
    siteTimeZone: string;
    language: string;
    save: string;
    subscriptions: string;
    noSubscriptions: string;
    waits: string;
    confirm: string;
    stop: string;
    start: string;
    ended: string;
    own: string;
    mentions: string;
    lists: string;
    noLists: string;
    onList: (since: string) => string;
    join: string;
    leave: string;
    everything: string;
    everythingIntro: string;
    everythingOff: string;
    neverIntro: string;
    never: string;
    stored: string;
    storedAddress: (email: string, since: string) => string;
    storedConfirmed: (since: string) => string;
    storedUnconfirmed: string;
    storedSubscription: (about: string, since: string) => string;
    storedEnded: (count: number) => string;
    storedConsent: (what: 'asked' | 'confirmed' | 'withdrawn', list: string, at: string, page: string | null) => string;
    storedRest: string;
    newLink: string;
    newLinkIntro: string;
    newLinkButton: string;
    newLinkSent: string;
    blocked: string;
    blockedIntro: string;
    unblock: string;
    unblocked: string;
    suppressed: string;
  };
  /** Of what can be asked for on the plain page of a thread, and of its answers. */
  asks: {
    email: string;
    followTitle: string;
    follow: string;
    subscribe: string;
    sent: string;
    sentIntro: Record<'subscriptions' | 'mailing-list', string>;
    failed: string;
    noAddress: string;
    later: string;
    back: string;
  };
  /** The mails that lead there. */
  mails: {
    confirm: { subject: (siteName: string) => string; ignore: string };
    list: { subject: (name: string, siteName: string) => string; ignore: string };
    link: { subject: (siteName: string) => string; intro: string };
  };
  toPreferences: string;
  invalid: { title: string; intro: string };
}
