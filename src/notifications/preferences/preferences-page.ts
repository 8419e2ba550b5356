import { escapeMarkup as e } from '../../threads/index.js';
import { FREQUENCIES, type AddressRow } from '../addresses/address.store.js';
import { LANGUAGES, type Language } from '../addresses/languages.js';
import type { PageWords } from '../words/pages/page-words.js';
import { bullets, button, paragraph, type Page } from './page-shell.js';
import { TIME_ZONES } from './preferences-form.js';
import { isOn, type ListOfAddress, type Preferences } from './read-preferences.js';

/** Each in itself: whoever needs it can read it. */
const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' };

type Words = PageWords['preferences'];

/** @param said what a button has just done */
export function preferencesPage(preferences: Preferences, said?: string): Page {
  const { address, site, language: lang, words } = preferences;
  const w = words.preferences;
  const shell = { status: 200, lang, siteName: site.name };
  const note = said === undefined ? '' : paragraph(said, 'said');
  if (address.suppressedReason === 'owner') {
    return {
      ...shell,
      title: w.blocked,
      body: [note, paragraph(w.blockedIntro), form('unblock', w.unblock)].join('\n'),
    };
  }
  // It was erased, and nobody has entered it since.
  if (address.email === null) return { ...shell, title: w.title, body: paragraph(w.unblocked, 'said') };
  const body = [
    note,
    paragraph(w.intro(site.name, address.email)),
    address.suppressedAt ? paragraph(w.suppressed) : '',
    section(w.settings, settingsForm(address, lang, w)),
    section(w.subscriptions, subscriptions(preferences)),
    section(w.lists, lists(preferences)),
    section(
      w.everything,
      paragraph(w.everythingIntro) + form('off', w.everythingOff) + paragraph(w.neverIntro) + form('never', w.never),
    ),
    section(w.stored, bullets(stored(preferences, address.email))),
    section(w.newLink, paragraph(w.newLinkIntro) + form('new-link', w.newLinkButton)),
  ];
  return { ...shell, title: w.title, body: body.filter((part) => part !== '').join('\n') };
}

function section(heading: string, body: string): string {
  return `<section>\n<h2>${e(heading)}</h2>\n${body}\n</section>`;
}

function form(what: string, label: string, fields: Record<string, string> = {}, about?: string): string {
  return button(label, { fields: { do: what, ...fields }, quiet: true, about });
}

function select(name: string, label: string, options: readonly (readonly [string, string])[], chosen: string): string {
  const items = options.map(
    ([value, text]) => `<option value="${e(value)}"${value === chosen ? ' selected' : ''}>${e(text)}</option>`,
  );
  return `<label>${e(label)} <select name="${name}">${items.join('')}</select></label>`;
}

function settingsForm({ frequency, timeZone, language }: AddressRow, lang: Language, w: Words): string {
  const often = FREQUENCIES.map((one) => [one, w.frequencies[one]] as const);
  const zones = TIME_ZONES.map((zone) => [zone, zone.replaceAll('_', ' ')] as const);
  const languages = LANGUAGES.map((one) => [one, LANGUAGE_NAMES[one]] as const);
  return `<form method="post"><input type="hidden" name="do" value="save">
${select('frequency', w.frequency, often, frequency)}
${select('timeZone', w.timeZone, [['', w.siteTimeZone], ...zones], timeZone ?? '')}
${select('language', w.language, languages, language ?? lang)}
<p><button>${e(w.save)}</button></p></form>`;
}

function subscriptions({ address, subscriptions: all, words }: Preferences): string {
  const { readerId, tellOwn, tellMentions } = address;
  const w = words.preferences;
  if (all.length === 0 && readerId === null) return paragraph(w.noSubscriptions);
  const rows = all.map(({ id, kind, threadTitle, state }) => {
    const waits = state === 'pending';
    const about = words.about[kind](threadTitle);
    const confirm = waits ? form('confirm', w.confirm, { id }, about) : '';
    const head = paragraph(waits ? `${about} (${w.waits})` : about);
    return `<li>${head}${confirm}${form('stop', w.stop, { id }, about)}</li>`;
  });
  // Nobody else has comments here that something could become of.
  if (readerId !== null) {
    rows.push(own(w.mentions, tellMentions, { off: 'mentions-off', on: 'mentions-on' }, w));
    rows.push(own(w.own, tellOwn, { off: 'own-off', on: 'own-on' }, w));
  }
  return `<ul class="rows">\n${rows.join('\n')}\n</ul>`;
}

function own(about: string, told: boolean, { off, on }: { off: string; on: string }, w: Words): string {
  const head = paragraph(told ? about : `${about} (${w.ended})`);
  return `<li>${head}${told ? form(off, w.stop, {}, about) : form(on, w.start, {}, about)}</li>`;
}

function lists({ lists: all, words, language }: Preferences): string {
  const w = words.preferences;
  if (all.length === 0) return paragraph(w.noLists);
  return `<ul class="rows">\n${all.map((one) => list(one, w, language)).join('\n')}\n</ul>`;
}

function list({ list: { id, name, text, textVersion }, member }: ListOfAddress, w: Words, lang: Language): string {
  const head = `<b dir="auto">${e(name)}</b>`;
  const since = member?.confirmedAt && isOn(member) ? paragraph(w.onList(day(member.confirmedAt, lang))) : '';
  const waits = member?.state === 'pending' ? paragraph(w.waits, 'note') : '';
  const join = form('join', w.join, { id, textVersion: String(textVersion) }, name);
  const agree = member?.state === 'confirmed' ? '' : `<blockquote dir="auto">${e(text)}</blockquote>${join}`;
  return `<li>${head}${since}${waits}${agree}${isOn(member) ? form('leave', w.leave, { id }, name) : ''}</li>`;
}

function stored(
  { address, subscriptions: all, ended, consents, words, language }: Preferences,
  email: string,
): string[] {
  const w = words.preferences;
  return [
    w.storedAddress(email, day(address.createdAt, language)),
    address.confirmedAt ? w.storedConfirmed(day(address.confirmedAt, language)) : w.storedUnconfirmed,
    ...all.map(({ kind, threadTitle, createdAt }) =>
      w.storedSubscription(words.about[kind](threadTitle), day(createdAt, language)),
    ),
    ...(ended > 0 ? [w.storedEnded(ended)] : []),
    ...consents.map(({ kind, listName, at, page }) => w.storedConsent(kind, listName, day(at, language), page)),
    w.storedRest,
  ];
}

function day(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}
