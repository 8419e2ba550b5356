import type { Disguise } from './compare.js';
import { readingOf, type Reading } from './reading.js';
import type { Element, Scan } from './scan.js';

/** What stands between two words that may be pieces of one; more is a pause. */
const LONGEST_GAP = 3;
/** A piece so short is seldom a word, so what surrounds it is tried as one. */
const SHORT = 2;
/** Signs that join, with no space beside: `re-tard`, `a_s_s`, `f*u*c*k`. */
const JOINERS = /^[-‐-―_*~|^=#·•]+$/u;
const DOT = /^\.$/;
/** One-letter words, so that `so I do my` is no word in pieces. */
const SINGLES = new Set('aeiouy');
/** Beside a spelled word, these are words of their own: `I f u c k`, `f u c k u`. */
const BEFORE = new Set('aiuo');
const AFTER = new Set('u');

function gapAfter({ text, elements, tokens }: Scan, token: number): string {
  const last = elements[(tokens[token]?.end ?? 0) - 1];
  const next = elements[tokens[token + 1]?.first ?? elements.length];
  return last && next ? text.slice(last.end, next.start) : '';
}

const lengthOf = ({ tokens }: Scan, token: number) => (tokens[token]?.end ?? 0) - (tokens[token]?.first ?? 0);

/** One letter, be it drawn out. */
function isSingle({ elements, tokens }: Scan, token: number): boolean {
  const { first = 0, end = 0 } = tokens[token] ?? {};
  for (let at = first + 1; at < end; at++) {
    if (elements[at]?.letter.reads !== elements[first]?.letter.reads) return false;
  }
  return end > first;
}

const isShort = (scan: Scan, token: number) => lengthOf(scan, token) <= SHORT || isSingle(scan, token);

function mayJoin(scan: Scan, token: number, gap: string): boolean {
  if (gap === '' || gap.length > LONGEST_GAP) return false;
  if (JOINERS.test(gap) || DOT.test(gap)) return true;
  return isShort(scan, token) || isShort(scan, token + 1);
}

/** The text once more, without the gaps that may be a disguise; undefined where there are none. */
export function joinedReading(scan: Scan): Reading | undefined {
  const parts: Element[][] = [];
  for (let token = 0; token < scan.tokens.length;) {
    let last = token;
    while (last + 1 < scan.tokens.length && mayJoin(scan, last, gapAfter(scan, last))) last++;
    if (last > token) parts.push(scan.elements.slice(scan.tokens[token]?.first, scan.tokens[last]?.end));
    token = last + 1;
  }
  const merges = (before: number, token: number) =>
    (isSingle(scan, before) && isSingle(scan, token)) || JOINERS.test(gapAfter(scan, before));
  return parts.length === 0 ? undefined : readingOf(parts, merges);
}

/** Pieces of which too few letters are alone to be spelled out, and that are words too often: only a guess. */
function asGuess(scan: Scan, from: number, to: number, gaps: string[], letters: number): Disguise | undefined {
  const lengths = Array.from({ length: to - from + 1 }, (_, at) => lengthOf(scan, from + at));
  const alone = lengths.flatMap((length, at) => (length === 1 ? [letterOf(scan, from + at)] : []));
  const odd = alone.some((letter) => !SINGLES.has(letter));
  if (gaps.every((gap) => DOT.test(gap))) return letters >= 4 && !startsSentence(scan, from, to) ? 'split' : undefined;
  if (gaps.some((gap) => /['’]/.test(gap))) return undefined;
  if (lengths.length >= 3 && Math.max(...lengths) <= SHORT && alone.length >= 2 && odd) return 'split';
  const afterContraction = from > 0 && /^['’]$/.test(gapAfter(scan, from - 1));
  const two = lengths.length === 2 && letters >= 4 && alone.length === 1 && odd;
  return two && gaps[0] === ' ' && !afterContraction ? 'split' : undefined;
}

const letterOf = ({ elements, tokens }: Scan, token: number) =>
  elements[tokens[token]?.first ?? -1]?.letter.plain ?? '';

function startsSentence({ elements, tokens }: Scan, from: number, to: number): boolean {
  for (let token = from + 1; token <= to; token++) {
    const first = elements[tokens[token]?.first ?? -1];
    if (first?.letter.upper && !elements[tokens[from]?.first ?? -1]?.letter.upper) return true;
  }
  return false;
}

/** Whether letters beside a spelled word belong to what is spelled: `c l a s s` is no `ass`. */
function spelledOn(scan: Scan, beside: number, gap: string, inner: string, allowed: ReadonlySet<string>): boolean {
  if (beside < 0 || beside >= scan.tokens.length || gap.length > LONGEST_GAP) return false;
  return isSingle(scan, beside) && gap === inner && !allowed.has(letterOf(scan, beside));
}

/** By which disguise the words that a likeness covers are one word, or undefined. */
export function disguiseOfJoin(
  scan: Scan,
  reading: Reading,
  { first, end }: { first: number; end: number },
): Disguise | undefined {
  const from = reading.elements[first]?.token ?? 0;
  const to = reading.elements[end - 1]?.token ?? 0;
  if (from === to) return undefined;
  const gaps = Array.from({ length: to - from }, (_, at) => gapAfter(scan, from + at));
  if (Array.from({ length: to - from + 1 }, (_, at) => isSingle(scan, from + at)).every(Boolean)) {
    const before = spelledOn(scan, from - 1, gapAfter(scan, from - 1), gaps[0] ?? '', BEFORE);
    const after = spelledOn(scan, to + 1, gapAfter(scan, to), gaps.at(-1) ?? '', AFTER);
    return to - from >= 2 && !before && !after ? 'spaced' : undefined;
  }
  if (gaps.every((gap) => JOINERS.test(gap))) return 'spaced';
  return asGuess(scan, from, to, gaps, end - first);
}
