import { GONE } from './kinds-gone.js';
import { sumOf, type Tally } from './tally.js';

/** A promise about some kinds together: the least or greatest share of their cases. */
export interface Target {
  name: string;
  kinds: string[];
  of: 'right' | 'overlap' | 'exact' | 'wrong' | 'suggested';
  atLeast?: number;
  atMost?: number;
}

const UNTOUCHED = [
  'unchanged',
  'unchanged, half of the rest edited',
  'short phrase, unchanged',
  'paragraph moved',
  'sentence moved',
];
const EDITED = ['words edited inside', 'first or last word replaced', 'sentences inserted beside'];
const LOOK_ALIKE = ['deleted, a look-alike stays', 'deleted, a twin stays', 'row of a template deleted'];
const HINT = '25 to 45 % of words left';
const HARD = [
  'repeated phrase',
  'start of the text',
  'end of the text',
  'typography',
  'soft hyphens',
  'astral characters',
  'paragraph moved',
];

/** What the engine has to reach. */
export const TARGETS: Target[] = [
  { name: 'unchanged and moved, right', kinds: UNTOUCHED, of: 'right', atLeast: 1 },
  { name: 'unchanged and moved, exact bounds', kinds: UNTOUCHED, of: 'exact', atLeast: 1 },
  { name: 'edited, right', kinds: EDITED, of: 'right', atLeast: 0.99 },
  { name: 'edited, overlap of 0.8', kinds: EDITED, of: 'overlap', atLeast: 0.97 },
  { name: 'edited, exact bounds', kinds: EDITED, of: 'exact', atLeast: 0.9 },
  {
    name: 'deleted or replaced, attached wrongly',
    kinds: Object.keys(GONE).filter((kind) => !LOOK_ALIKE.includes(kind) && kind !== HINT),
    of: 'wrong',
    atMost: 0.005,
  },
  ...LOOK_ALIKE.map((kind): Target => ({
    name: `${kind}, attached wrongly`,
    kinds: [kind],
    of: 'wrong',
    atMost: 0.01,
  })),
  { name: '30 % of words changed, right', kinds: ['30 % of words changed'], of: 'right', atLeast: 0.99 },
  { name: '50 % of words changed, right', kinds: ['50 % of words changed'], of: 'right', atLeast: 0.9 },
  { name: '50 % of words changed, attached wrongly', kinds: ['50 % of words changed'], of: 'wrong', atMost: 0.01 },
  {
    name: 'split between sentences or merged, overlap of 0.8',
    kinds: ['split between sentences', 'sentences merged', 'paragraphs merged'],
    of: 'overlap',
    atLeast: 0.95,
  },
  { name: 'split inside a sentence, overlap of 0.8', kinds: ['split inside a sentence'], of: 'overlap', atLeast: 0.9 },
  ...HARD.map((kind): Target => ({ name: `${kind}, right`, kinds: [kind], of: 'right', atLeast: 0.99 })),
  { name: `${HINT}, attached`, kinds: [HINT], of: 'wrong', atMost: 0.01 },
  { name: `${HINT}, with a suggestion`, kinds: [HINT], of: 'suggested', atLeast: 0.95 },
];

/** The share that a target speaks of. */
export function shareOf({ kinds, of }: Target, tallies: ReadonlyMap<string, Tally>): number {
  const sum = sumOf(kinds.map((kind) => tallies.get(kind)!));
  return sum[of] / sum.cases;
}

export function isReached(target: Target, share: number): boolean {
  return share >= (target.atLeast ?? 0) && share <= (target.atMost ?? 1);
}
