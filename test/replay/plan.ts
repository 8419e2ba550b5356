import { Random } from './random.js';

/** `comment` is the number of the comment in the file; who acts is its author. */
export type ReaderStep =
  | { kind: 'post'; comment: number; reply: boolean }
  /** For somebody else's. */
  | { kind: 'vote'; comment: number; value: 1 | -1 }
  | { kind: 'edit' | 'delete'; comment: number };

/** A page loses its connection, and comes back. */
export interface PageStep {
  kind: 'away' | 'back';
  page: number;
}

export type Step = ReaderStep | PageStep;

const REPLIES = 0.2;
const VOTES = 0.3;
const DOWNWARD = 0.25;
const EDITS = 0.08;
const DELETIONS = 0.05;
const TRAVELLERS = 0.1;
/** Up to this share of all comments later than a comment its author comes back to it: decided by then, or not yet. */
const LATER = 0.5;

/** What happens, in this order, several at once; the same for the same seed, whatever the timing of the run. */
export function planOf(options: { comments: number; pages: number; seed: number }): Step[] {
  const random = new Random(options.seed);
  const timed: { at: number; step: Step }[] = [];
  for (let comment = 0; comment < options.comments; comment++) {
    const later = (step: Step) => timed.push({ at: comment + 0.5 + random.below(options.comments * LATER), step });
    timed.push({ at: comment, step: { kind: 'post', comment, reply: random.chance(REPLIES) } });
    if (random.chance(VOTES)) later({ kind: 'vote', comment, value: random.chance(DOWNWARD) ? -1 : 1 });
    if (random.chance(EDITS)) later({ kind: 'edit', comment });
    else if (random.chance(DELETIONS)) later({ kind: 'delete', comment });
  }
  for (let page = 0; page < options.pages; page++) {
    if (!random.chance(TRAVELLERS)) continue;
    const at = random.below(options.comments);
    timed.push({ at: at + 0.25, step: { kind: 'away', page } });
    timed.push({ at: at + 0.25 + options.comments / 10, step: { kind: 'back', page } });
  }
  return timed.sort((a, b) => a.at - b.at).map(({ step }) => step);
}
