import { DEFAULT_REASONS, EEA_COUNTRIES, type DecisionReason, type SiteRow } from '../../sites/index.js';
import type { Restricted } from './restricted.js';
import { TEXTS, type Language } from './texts/language.js';
import type { StatementWordsView } from './statement.view.js';

/** A statement in plain words. Dates are those of UTC, and say so. */
export function inWords(
  one: Restricted,
  { settings }: SiteRow,
  reason: DecisionReason,
  { language, appealableUntil }: { language: Language; appealableUntil: Date | null },
): StatementWordsView {
  const texts = TEXTS[language];
  const day = (at: Date) => dateOf(at, language);
  const title = one.comment?.thread?.title ?? '…';
  return {
    what: texts.what[one.restriction]({ title, until: one.until ? day(one.until) : '' }),
    state: texts.state[one.state],
    facts: texts.facts[one.source],
    automation: texts.automation[one.automation],
    ground: texts.ground[reason.ground.kind](reason.ground.reference.replace(/\.$/, '')),
    scope: texts.scope(namesOf(settings.territorialScope, language, texts.eea)),
    redress: `${appealableUntil ? texts.appeal(day(appealableUntil)) : texts.noAppeal} ${texts.others}`,
  };
}

/** In the reader's language where a site has left a reason as it was; what it has written itself is its own. */
export function reasonInWords(reason: DecisionReason, language: Language): { label: string; explanation: string } {
  const { code, label, explanation } = reason;
  const original = DEFAULT_REASONS.find((one) => one.code === code);
  const untouched = !original || (original.label === label && original.explanation === explanation);
  const translated = untouched ? TEXTS[language].reasons[code] : undefined;
  return translated ? { label: translated[0], explanation: translated[1] } : { label, explanation };
}

function dateOf(at: Date, language: Language): string {
  return at.toLocaleString(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }) + ' UTC';
}

function namesOf(countries: readonly string[], language: Language, whole: string): string {
  if (countries.length === EEA_COUNTRIES.length) return whole;
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return new Intl.ListFormat(language).format(countries.map((code) => names.of(code) ?? code));
}
