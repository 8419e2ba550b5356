import type { GivenSelectors } from '../anchoring/index.js';
import { MAX_QUOTE_UNITS } from '../passages/anchor.js';
import { idOf, isRecord, list, record, text, type Json } from './json.js';
import { refusal, type Refusal } from './refusals.js';

/** What an annotation is of: words of an article, or other annotations, the nearest first. */
export interface GivenTarget {
  words: { source: string; selectors: GivenSelectors } | null;
  replyTo: string[];
}

/** What can be told from another: not of spaces and signs alone. */
const SOLID = /[\p{L}\p{N}\p{S}]/u;
const MAX_CONTEXT = 1_000;
const MAX_NESTED = 10;

export function targetsOf(annotation: Json): GivenTarget | Refusal {
  const targets = list(annotation.target);
  const words = targets.flatMap((target) => wordsOf(target) ?? []);
  if (words.length > 1) return refusal('several-targets');
  const replyTo = targets.flatMap((target) => {
    const id = idOf(target) ?? idOf(record(target).source);
    return id === undefined || wordsOf(target) ? [] : [id];
  });
  if (words.length === 0 && replyTo.length === 0) return refusal('no-words');
  return { words: words[0] ?? null, replyTo };
}

/**
 * The quote may refine another selector; a position that does so counts in what that one selects, not in the article,
 * so only one that stands by itself is taken.
 */
function wordsOf(target: unknown): GivenTarget['words'] {
  const { source, selector } = record(target);
  const quote = list(selector)
    .map((one) => quoteIn(one))
    .find((one) => one !== undefined);
  if (quote === undefined) return null;
  const position = list(selector).map(record).find(isPosition);
  const { start, end } = position ?? {};
  return {
    source: idOf(source) ?? '',
    selectors: { quote, ...(typeof start === 'number' && typeof end === 'number' ? { position: { start, end } } : {}) },
  };
}

function quoteIn(selector: unknown, depth = 0): GivenSelectors['quote'] | undefined {
  if (!isRecord(selector) || depth > MAX_NESTED) return undefined;
  const exact = text(selector.exact) ?? '';
  if (selector.type === 'TextQuoteSelector' && SOLID.test(exact) && exact.length <= MAX_QUOTE_UNITS) {
    const prefix = (text(selector.prefix) ?? '').slice(-MAX_CONTEXT);
    return { exact, prefix, suffix: (text(selector.suffix) ?? '').slice(0, MAX_CONTEXT) };
  }
  return list(selector.refinedBy)
    .map((inner) => quoteIn(inner, depth + 1))
    .find((inner) => inner !== undefined);
}

function isPosition({ type, start, end }: Json): boolean {
  return type === 'TextPositionSelector' && Number.isSafeInteger(start) && Number.isSafeInteger(end);
}
