import type { Letter } from './letters.js';
import type { Reading, Run } from './reading.js';
import type { Element } from './scan.js';
import type { WordPattern } from './word-pattern.js';

/** How a word was written so that it would not be found. `split` and `masked` are guesses: they hold at most. */
export type Disguise = 'look-alike' | 'digits' | 'repeated' | 'invisible' | 'spaced' | 'split' | 'masked';

/** Elements of a reading, `end` exclusive, that read as a word, and by which disguises. */
export interface Likeness {
  first: number;
  end: number;
  disguises: Set<Disguise>;
}

/** Below that a doubled or exchanged letter makes another word too often: `fag` and `flag`, `tit` and `tilt`. */
const LONG_ENOUGH = 4;
/** Doubling another inside makes words: `raping` and `rapping`. */
const VOWELS = 'aeiou';
/** No language writes three equal letters in a row. */
const DRAWN_OUT = 3;
/** `5 m` is no `s&m`. */
const LEAST_DISGUISED = 3;
/** `b00b5` is a word, `A55` a road. */
const LEAST_LETTERS = 0.4;

const isLetter = (element: Element | undefined) => element?.letter.kind === 'letter';

const spaced = ({ script }: Letter) => script !== 'unspaced';

/** Whether a letter of the text may be a letter of the word, and if it is one in disguise, which. */
function same(own: WordPattern['own'], long: boolean, wanted: Element, found: Element): true | Disguise | undefined {
  const { plain, script, kind, upper } = found.letter;
  if (kind !== 'letter') return 'digits';
  if (plain === '') return 'look-alike';
  if (plain === wanted.letter.plain) {
    if (found.marks === '' || found.marks === wanted.marks) return true;
    return own.has((plain + found.marks).normalize('NFC')) ? undefined : 'look-alike';
  }
  if (script !== wanted.letter.script) return 'look-alike';
  const swap = plain + wanted.letter.plain;
  const exchanged = (swap === 'il' && upper) || swap === 'li' || swap === 'vu';
  return exchanged && long ? 'look-alike' : undefined;
}

/** Whether that many equal letters may be so many of the word: `asss` and `aß` are `ass`, `as` is not. */
function taken(wanted: number, found: number, open: boolean, mayDouble: boolean): boolean {
  if (found === wanted || (open && found > wanted)) return true;
  return found > wanted && (found >= DRAWN_OUT || (mayDouble && found === wanted + 1));
}

const lengthOf = ({ first, end }: Run) => end - first;

function runs(reading: Reading, from: number, to: number): Run[] {
  const out: Run[] = [];
  for (let at = from; at < to; at++) {
    const run = reading.runs[at];
    if (run && run !== out.at(-1)) out.push(run);
  }
  return out;
}

/** Signs at a word's edge may be its letters or stand beside it: `@ass`, `ass!it`. */
function withoutSigns(reading: Reading, { first, end }: Run, edge: 'first' | 'last'): Run {
  if (edge === 'first') while (first < end - 1 && !isLetter(reading.elements[first])) first++;
  else while (end > first + 1 && !isLetter(reading.elements[end - 1])) end--;
  return { first, end };
}

/** Compares letter by letter what has the same classes in a row. */
export function compare(reading: Reading, from: number, to: number, pattern: WordPattern): Likeness | undefined {
  const wanted = runs(pattern.reading, 0, pattern.reading.text.length);
  const found = runs(reading, from, to);
  if (wanted.length !== found.length) return undefined;
  const disguises = new Set<Disguise>();
  const long = pattern.letters >= LONG_ENOUGH;
  const last = found.length - 1;
  const doubled = wanted.filter((want, at) => lengthOf(found[at] ?? want) === lengthOf(want) + 1).length;
  let letters = 0;
  let digits = 0;
  let total = 0;
  for (const [at, want] of wanted.entries()) {
    const open = (at === 0 && pattern.openStart) || (at === last && pattern.openEnd);
    const count = lengthOf(want);
    let run = found[at] ?? want;
    const vowel = VOWELS.includes(reading.elements[run.first]?.letter.plain || '-');
    const mayDouble = long && (at === last || vowel || doubled > 1);
    const fits = () => taken(count, lengthOf(run), open, mayDouble);
    if (!fits() && at === 0) run = withoutSigns(reading, run, 'first');
    if (!fits() && at === last) run = withoutSigns(reading, run, 'last');
    if (!fits()) return undefined;
    found[at] = run;
    if (lengthOf(run) > count && !open) disguises.add('repeated');
    for (let index = run.first; index < run.end; index++) {
      const element = reading.elements[index];
      if (!element) return undefined;
      const likeness = sameAsAny(pattern, long, want, run, index - run.first, element);
      if (likeness === undefined || (likeness === 'digits' && pattern.letters < LEAST_DISGUISED)) return undefined;
      if (likeness !== true) disguises.add(likeness);
      if (element.afterInvisible && index > (found[0]?.first ?? 0)) disguises.add('invisible');
      total++;
      if (isLetter(element)) letters++;
      else if (element.letter.kind === 'digit') digits++;
    }
  }
  if (digits > 0 && letters < total * LEAST_LETTERS) return undefined;
  const first = found[0]?.first ?? 0;
  const end = found[last]?.end ?? first;
  return standsAlone(reading, first, end, pattern) ? { first, end, disguises } : undefined;
}

function sameAsAny(
  pattern: WordPattern,
  long: boolean,
  want: Run,
  run: Run,
  offset: number,
  element: Element,
): true | Disguise | undefined {
  const equal = lengthOf(want) === lengthOf(run);
  const from = equal ? want.first + offset : want.first;
  const to = equal ? from + 1 : want.end;
  let result: true | Disguise | undefined;
  for (let at = from; at < to && result !== true; at++) {
    const wanted = pattern.reading.elements[at];
    if (wanted) result = same(pattern.own, long, wanted, element) ?? result;
  }
  return result;
}

/** No letter of the same word stands beside it, unless a star allows it. Scripts without spaces have no such bounds. */
function standsAlone({ elements }: Reading, first: number, end: number, pattern: WordPattern): boolean {
  const joins = (inside: Element | undefined, beside: Element | undefined) =>
    inside !== undefined &&
    beside !== undefined &&
    isLetter(beside) &&
    inside.token === beside.token &&
    spaced(inside.letter) &&
    spaced(beside.letter);
  if (!pattern.openStart && joins(elements[first], elements[first - 1])) return false;
  return pattern.openEnd || !joins(elements[end - 1], elements[end]);
}
