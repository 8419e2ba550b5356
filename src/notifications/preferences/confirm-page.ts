import { escapeMarkup as e } from '../../threads/index.js';
import type { ConfirmedAddress } from './confirm-address.js';
import type { ConfirmedMember } from './confirm-member.js';
import { bullets, button, paragraph, type Page } from './page-shell.js';
import type { TitledSubscription } from '../subscriptions/subscription.store.js';
import type { PageWords } from '../words/pages/page-words.js';
import type { Unsubscribed } from './unsubscribe.js';

/** Of what waits anybody can make more; a mail stays a mail. */
const SHOWN = 20;

/** Each once: whoever asked for the same with and without a session asked for one thing. */
export function aboutOf(
  words: PageWords,
  subscriptions: readonly Pick<TitledSubscription, 'kind' | 'threadTitle'>[],
): string[] {
  const about = [...new Set(subscriptions.map(({ kind, threadTitle }) => words.about[kind](threadTitle)))];
  const left = about.length - SHOWN;
  return left > 0 ? [...about.slice(0, SHOWN), words.more(left)] : about;
}

/** @param done whether it was confirmed just now */
export function confirmAddressPage(found: ConfirmedAddress, done: boolean, preferencesUrl: string): Page {
  const { address, site, language: lang, words, subscriptions } = found;
  const w = words.confirm;
  const shell = { status: 200, lang, siteName: site.name };
  const about = bullets(aboutOf(words, subscriptions));
  if (address.suppressedAt) {
    const { blockedIntro, suppressed } = words.preferences;
    return {
      ...shell,
      title: w.title,
      body: paragraph(address.suppressedReason === 'owner' ? blockedIntro : suppressed),
    };
  }
  if (subscriptions.length === 0 && (done || address.confirmedAt)) {
    return { ...shell, title: w.done, body: paragraph(w.already) + link(words, preferencesUrl) };
  }
  if (done)
    return { ...shell, title: w.done, body: paragraph(w.doneIntro(site.name)) + about + link(words, preferencesUrl) };
  return {
    ...shell,
    title: w.title,
    body: paragraph(w.intro(site.name)) + about + button(w.button) + paragraph(w.notYou, 'note'),
  };
}

export function confirmMemberPage(found: ConfirmedMember, preferencesUrl: string): Page {
  const { site, language: lang, words, list, text, state } = found;
  const w = words.list;
  const shell = { status: 200, lang, siteName: site.name };
  if (state === 'over') return { ...shell, title: list.name, body: paragraph(w.over) + link(words, preferencesUrl) };
  if (state === 'confirmed') {
    return { ...shell, title: w.done, body: paragraph(w.doneIntro(list.name)) + link(words, preferencesUrl) };
  }
  const body = `${paragraph(w.intro(site.name))}<blockquote dir="auto">${e(text)}</blockquote>${button(w.button)}`;
  return { ...shell, title: w.title(list.name), body: body + paragraph(words.confirm.notYou, 'note') };
}

/** @param done whether it was ended just now */
export function unsubscribePage(found: Unsubscribed, done: boolean, preferencesUrl: string): Page {
  const { site, language: lang, words, subscriptions, mentions } = found;
  const w = words.unsubscribe;
  const about = bullets([
    ...aboutOf(words, subscriptions),
    ...(mentions === 'not-meant' ? [] : [words.preferences.mentions]),
  ]);
  const over = done || (subscriptions.every(({ state }) => state === 'ended') && mentions !== 'told');
  const body = over ? paragraph(w.doneIntro) + about : paragraph(w.intro(site.name)) + about + button(w.button);
  return {
    status: 200,
    lang,
    siteName: site.name,
    title: over ? w.done : w.title,
    body: body + link(words, preferencesUrl),
  };
}

function link(words: PageWords, preferencesUrl: string): string {
  return `<p><a href="${e(preferencesUrl)}">${e(words.toPreferences)}</a></p>`;
}
