import type { Run } from './diff-tokens.js';
import { heaviestChain, type WeighedRun } from './heaviest-chain.js';
import { Break } from './breaks.js';
import type { TokenText } from './tokens.js';

/** Shorter ones ("He did.") are left to the words around them. */
const LEAST_TOKENS = 5;

/**
 * The sentences that stand exactly once in either text and in the same order: most of an article, found in one pass, so
 * that little is left to diff.
 */
export function uniqueSentences(before: TokenText, after: TokenText): Run[] {
  const inBefore = sentencesOf(before);
  const inAfter = sentencesOf(after);
  const hits: WeighedRun[] = [];
  for (const [key, sentence] of inBefore) {
    const found = inAfter.get(key);
    if (!sentence.unique || !found?.unique || found.length !== sentence.length) continue;
    const run = { before: sentence.start, after: found.start, length: sentence.length };
    if (isEqual(run, before.ids, after.ids)) hits.push({ ...run, weight: run.length });
  }
  return heaviestChain(hits, after.length);
}

interface Sentence {
  start: number;
  length: number;
  unique: boolean;
}

function sentencesOf({ ids, breaks }: TokenText): Map<number, Sentence> {
  const sentences = new Map<number, Sentence>();
  let start = 0;
  let hash = 0;
  for (let at = 0; at < ids.length; at += 1) {
    hash = (Math.imul(hash, 0x01000193) ^ ids[at]!) | 0;
    if (breaks[at + 1]! < Break.sentence) continue;
    const length = at + 1 - start;
    const same = sentences.get(hash);
    if (same) same.unique = false;
    else if (length >= LEAST_TOKENS) sentences.set(hash, { start, length, unique: true });
    start = at + 1;
    hash = 0;
  }
  return sentences;
}

/** Equal hashes are no proof. */
function isEqual(run: Run, before: Int32Array, after: Int32Array): boolean {
  for (let at = 0; at < run.length; at += 1) if (before[run.before + at] !== after[run.after + at]) return false;
  return true;
}
