import type { Evidence } from '../finding.js';
import type { Comment } from './comment.js';
import type { Need, Reach } from './needs.js';
import type { Check } from './shape.js';

/** What a rule of a kind says of a comment, before the site's will is known. */
export interface Said {
  score: number;
  evidence?: Evidence[];
  explanation: string;
  hint?: string;
  /** Too unsure to reject by. */
  holdsAtMost?: boolean;
}

/** What the rules of one kind say, by the order in which they were given. */
export type Screener = (comment: Comment) => readonly (readonly Said[])[];

/** One kind of rule. Its file says why it is there. */
export interface RuleKind<P> {
  readonly kind: string;
  /** What happens to a comment unless the rule says otherwise. */
  readonly action: 'hold' | 'reject';
  readonly params: Check<P>;
  /** Beside the text; nothing unless said. */
  needs?(params: P): Partial<Record<Need, Reach>>;
  /** Once for all rules of the kind, with what `params` gave for each; what takes long, such as an automaton or a model, is made here. */
  compile(params: readonly P[]): Screener | Promise<Screener>;
}

/** A kind whose rules need no preparation. */
export function ruleKind<P>(
  definition: Pick<RuleKind<P>, 'kind' | 'action' | 'params' | 'needs'> & {
    screen(comment: Comment, params: P): readonly Said[];
  },
): RuleKind<P> {
  const { screen, ...kind } = definition;
  return { ...kind, compile: (all) => (comment) => all.map((each) => screen(comment, each)) };
}
