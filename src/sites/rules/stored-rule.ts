/** A rule as it is kept. What its kind makes of `params` is known above: here it is data. */
export interface RuleDefinition {
  /** Unique in its site. */
  readonly id: string;
  readonly kind: string;
  readonly mode: 'enforce' | 'shadow' | 'off';
  /** null: what its kind does. */
  readonly action: 'hold' | 'reject' | null;
  readonly params: unknown;
}

export interface StoredRule extends RuleDefinition {
  /** Counted up with each change, also across a removal. */
  readonly version: number;
}

export interface RuleChanges {
  readonly put: readonly RuleDefinition[];
  readonly remove: readonly StoredRule[];
}
