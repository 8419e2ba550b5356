import type { PageWords } from './page-words.js';

const CONSENT = { asked: 'Asked for', confirmed: 'Confirmed', withdrawn: 'Withdrawn' };

export const en: PageWords = {
  about: {
    thread: (title) => `New comments on “${title}”`,
    replies: (title) => `Answers to your comments on “${title}”`,
    comment: (title) => `Answers to one comment on “${title}”`,
  },
  confirm: {
    title: 'Confirm your address',
    intro: (siteName) => `Somebody, probably you, asked ${siteName} to write to this address about:`,
    button: 'Yes, write to me',
    notYou: 'If that was not you, close this page. Nothing will be sent.',
    done: 'Thank you',
    doneIntro: (siteName) => `Your address is confirmed. ${siteName} will write to you about:`,
    already: 'Your address is confirmed. Nothing waits for you to confirm it.',
  },
  list: {
    title: (name) => `Join “${name}”`,
    intro: (siteName) =>
      `Somebody, probably you, put this address on a mailing list of ${siteName}. This is what you agree to:`,
    button: 'Yes, put me on the list',
    done: 'Thank you for subscribing',
    doneIntro: (name) => `You are on the list “${name}”. You can leave it at any time.`,
    over: 'Nothing waits for you to confirm it.',
  },
  unsubscribe: {
    title: 'Stop these mails?',
    intro: (siteName) => `${siteName} writes to you about:`,
    button: 'Stop these mails',
    done: 'Done',
    doneIntro: 'You will get no more of these mails:',
  },
  preferences: {
    title: 'Your mails',
    intro: (siteName, email) => `Everything that ${siteName} sends to ${email}.`,
    saved: 'Saved.',
    settings: 'How and when',
    frequency: 'How often',
    frequencies: {
      instant: 'At once; what comes close together in one mail',
      hourly: 'At most one mail an hour',
      daily: 'One mail a day',
    },
    timeZone: 'Time zone',
    siteTimeZone: 'That of the site',
    language: 'Language',
    save: 'Save',
    subscriptions: 'What you are told of',
    noSubscriptions: 'Nothing at present.',
    waits: 'not confirmed yet',
    confirm: 'Confirm',
    stop: 'Stop',
    start: 'Begin again',
    ended: 'stopped',
    own: 'What becomes of your comments, reports and appeals',
    lists: 'Mailing lists',
    noLists: 'There is none.',
    onList: (since) => `You are on this list since ${since}.`,
    join: 'I agree, put me on this list',
    leave: 'Leave this list',
    everything: 'Everything off',
    everythingIntro: 'Ends all of the above, mailing lists too.',
    everythingOff: 'Stop everything',
    neverIntro:
      'Or erase this address, so that nobody can enter it here again. What is kept is a code by which it is recognised.',
    never: 'Erase it, and never write to me again',
    stored: 'What is stored about this address',
    storedAddress: (email, since) => `The address ${email}, since ${since}.`,
    storedConfirmed: (since) => `That it was confirmed: ${since}.`,
    storedUnconfirmed: 'That it is not confirmed.',
    storedSubscription: (about, since) => `${about}: since ${since}.`,
    storedEnded: (count) => (count === 1 ? 'One subscription that is over.' : `${count} subscriptions that are over.`),
    storedConsent: (what, list, at, page) =>
      `${CONSENT[what]}: “${list}”, ${at}${page === null ? '' : `, on ${page}`}.`,
    storedRest: 'The settings above, and when mails were sent to you.',
    newLink: 'A new link',
    newLinkIntro:
      'Whoever has the link to this page can change everything here. If a mail was passed on, let all old links end.',
    newLinkButton: 'Send me a new link',
    newLinkSent: 'A new link is on its way to you. The old ones do not work any more.',
    blocked: 'This address is blocked',
    blockedIntro: 'You asked never to be written to. The address itself is erased.',
    unblock: 'Lift the block',
    unblocked: 'The block is lifted. The address can be entered again.',
    suppressed: 'Mails to this address came back, or were reported as spam. Nothing is sent to it.',
  },
  mails: {
    confirm: {
      subject: (siteName) => `Please confirm your address · ${siteName}`,
      ignore: 'If that was not you, there is nothing to do: without the confirmation you will get no mails.',
    },
    list: {
      subject: (name, siteName) => `Please confirm: “${name}” · ${siteName}`,
      ignore: 'If that was not you, there is nothing to do: without the confirmation you are not on the list.',
    },
    link: {
      subject: (siteName) => `The settings of your mails · ${siteName}`,
      intro: 'This is the new link to the settings of your mails. All older links do not work any more.',
    },
  },
  toPreferences: 'All settings of your mails',
  invalid: {
    title: 'This link does not work',
    intro: 'It is not complete, or it was replaced by a newer one. Use the link in the newest mail.',
  },
};
