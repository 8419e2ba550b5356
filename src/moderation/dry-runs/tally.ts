/** What people made of a comment's present text; null: nobody has decided on it. */
export type HumanVerdict = 'published' | 'rejected' | null;

/** What the rule says of one comment; null: nothing. */
export interface Caught {
  action: 'hold' | 'reject';
  score: number;
  explanation: string;
  /** Places in the comment's Markdown; the words themselves are read when they are shown. */
  evidence: { start: number; end: number }[];
}

export interface Judged {
  commentId: string;
  revision: number;
  human: HumanVerdict;
  caught: Caught | null;
}

export interface Example extends Caught {
  commentId: string;
  revision: number;
  human: HumanVerdict;
}

/** So many comments, and what people made of them. */
export interface Count {
  total: number;
  published: number;
  rejected: number;
  undecided: number;
}

export interface Tally {
  lookedAt: Count;
  held: Count;
  rejected: Count;
  examples: Example[];
}

export const MOST_EXAMPLES = 20;

const none: Count = { total: 0, published: 0, rejected: 0, undecided: 0 };
export const EMPTY_TALLY: Tally = { lookedAt: none, held: none, rejected: none, examples: [] };

/** False alarms teach most, then what nobody has judged. */
const RANK = { published: 0, undecided: 1, rejected: 2 };
const wordOf = (human: HumanVerdict) => human ?? 'undecided';

function counted(count: Count, judged: readonly Judged[]): Count {
  const next = { ...count, total: count.total + judged.length };
  for (const { human } of judged) next[wordOf(human)]++;
  return next;
}

/** Adds comments that come after all that were counted; of equal examples the newer ones stay. */
export function tallied(tally: Tally, judged: readonly Judged[]): Tally {
  const caughtBy = (action: Caught['action']) => judged.filter(({ caught }) => caught?.action === action);
  const found = judged.flatMap(({ caught, ...comment }) => (caught ? [{ ...comment, ...caught }] : []));
  const examples = [...found.reverse(), ...tally.examples]
    .sort((a, b) => RANK[wordOf(a.human)] - RANK[wordOf(b.human)])
    .slice(0, MOST_EXAMPLES);
  return {
    lookedAt: counted(tally.lookedAt, judged),
    held: counted(tally.held, caughtBy('hold')),
    rejected: counted(tally.rejected, caughtBy('reject')),
    examples,
  };
}

/** Of the comments that it would have stopped and people judged: how many they rejected too. null: they judged none. */
export function precisionOf({ held, rejected }: Tally): number | null {
  const wrong = held.published + rejected.published;
  const right = held.rejected + rejected.rejected;
  return wrong + right === 0 ? null : right / (wrong + right);
}

/** Of the comments that people rejected: how many it would have stopped. null: they rejected none. */
export function recallOf({ lookedAt, held, rejected }: Tally): number | null {
  return lookedAt.rejected === 0 ? null : (held.rejected + rejected.rejected) / lookedAt.rejected;
}
