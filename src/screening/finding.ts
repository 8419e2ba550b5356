/** A place in the comment's Markdown, in UTF-16 code units, and what stands there. */
export interface Evidence {
  start: number;
  end: number;
  text?: string;
}

/** `note` is recorded and changes nothing. */
export type FindingAction = 'hold' | 'reject' | 'note';

/** What one rule says of a comment, kept with it so that every verdict can be explained later. */
export interface Finding {
  rule: string;
  /** How sure the rule is, 0 to 1. */
  score: number;
  action: FindingAction;
  evidence: Evidence[];
  /** One sentence for moderators. */
  explanation: string;
}

export type Verdict = 'publish' | 'hold' | 'reject';
