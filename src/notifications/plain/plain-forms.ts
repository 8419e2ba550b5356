import { escapeMarkup as e } from '../../threads/index.js';
import type { SavedList } from '../mailing-list/mailing-list.store.js';
import { PAGE_WORDS } from '../words/pages/index.js';
import type { Language } from '../addresses/languages.js';

/** Below the path of the thread's plain page. */
export const PLAIN_ASKS = ['subscriptions', 'mailing-list'] as const;
export type PlainAsk = (typeof PLAIN_ASKS)[number];

export interface FormOptions {
  /** Of the thread's plain page. */
  path: string;
  language: Language;
  /** As it was typed before. */
  email?: string;
}

/** "Notify of", for those without JavaScript. */
export function followForm(options: FormOptions): string {
  return form('subscriptions', {}, PAGE_WORDS[options.language].asks.follow, options);
}

/** The newsletter box, for those without JavaScript: with the text that is consented to, and which version that is. */
export function listForm({ key, text, textVersion }: SavedList, options: FormOptions): string {
  const fields = { list: key, textVersion: String(textVersion) };
  const sent = form('mailing-list', fields, PAGE_WORDS[options.language].asks.subscribe, options);
  return `<p dir="auto">${e(text)}</p>\n${sent}`;
}

function form(
  ask: PlainAsk,
  fields: Readonly<Record<string, string>>,
  button: string,
  { path, language, email = '' }: FormOptions,
): string {
  const { asks } = PAGE_WORDS[language];
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${e(name)}" value="${e(value)}">`,
  );
  const input = `<input type="email" name="email" value="${e(email)}" autocomplete="email" maxlength="254" required>`;
  return `<form method="post" action="${e(`${path}/${ask}`)}">${hidden.join('')}<label>${e(asks.email)} ${input}</label> <button>${e(button)}</button></form>`;
}
