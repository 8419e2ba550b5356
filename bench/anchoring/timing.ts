import DiffMatchPatch from 'diff-match-patch';
import { complete, reanchor, type Selectors } from '../../src/threads/anchoring/index.js';
import { copyOf, type Draft, read, write } from './draft.js';
import { replaceWords } from './edits.js';
import { Language } from './language.js';
import { markSome, placesFor } from './passages.js';
import { Random } from './random.js';

const WORDS = 10_000;
const PASSAGES = 1000;
/** The median of so many runs each, taken in turn, as a shared machine is never quiet. */
const RUNS = 25;

export interface Timing {
  /** The share of sentences edited. */
  edited: number;
  /** Milliseconds for all passages, and for one diff-match-patch diff without a timeout. */
  reanchor: number;
  diff: number;
  most: number;
}

/** Times 1,000 passages over an article of 10,000 words against one diff of the two texts. */
export function time(): Timing[] {
  const random = new Random(5);
  const language = new Language(random);
  const paragraphs: string[] = [];
  for (let words = 0; words < WORDS; words += paragraphs.at(-1)!.split(' ').length)
    paragraphs.push(language.paragraph());
  const draft = read(paragraphs.join('\n'));
  const passages = Array.from({ length: PASSAGES }, () => somePassage(random, draft));
  return [
    { edited: 0.1, most: 4 },
    { edited: 0.25, most: 1 },
  ].map(({ edited, most }) => {
    const changed = copyOf(draft);
    for (const sentence of changed.flat())
      if (random.chance(edited))
        replaceWords({ random, language }, sentence, Math.ceil(sentence.length * 0.3 * random.next()));
    return { edited, most, ...compare(write(draft).text, write(changed).text, passages) };
  });
}

function somePassage(random: Random, draft: Draft): Selectors {
  const marked = copyOf(draft);
  markSome(random, marked, random.pick(placesFor(marked, 6)));
  const { text, passage } = write(marked);
  return complete(text, passage!.start, passage!.end);
}

function compare(oldText: string, newText: string, passages: readonly Selectors[]): { reanchor: number; diff: number } {
  const ours: number[] = [];
  const theirs: number[] = [];
  const library = new DiffMatchPatch();
  library.Diff_Timeout = 0;
  for (let run = 0; run < RUNS; run += 1) {
    ours.push(milliseconds(() => reanchor(oldText, newText, passages)));
    theirs.push(milliseconds(() => library.diff_main(oldText, newText)));
  }
  return { reanchor: median(ours), diff: median(theirs) };
}

function milliseconds(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

const median = (values: number[]): number => values.sort((one, other) => one - other)[values.length >> 1]!;
