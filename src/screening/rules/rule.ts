/** `shadow` records what it would have done; `off` does nothing. */
export type RuleMode = 'enforce' | 'shadow' | 'off';

/** One rule of a site, as read from JSON: what its kind makes of it stands in `params`. */
export interface Rule {
  /** Unique in its site; findings name it. */
  readonly id: string;
  readonly kind: string;
  readonly mode: RuleMode;
  /** What happens to a comment, where it is not what its kind does. */
  readonly action?: 'hold' | 'reject';
  /** Counted up with each change, so that findings can be explained by the rule as it was. */
  readonly version?: number;
  readonly params: unknown;
}
