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
  /** The id of the site's rule, or the name of one that every site has. */
  rule: string;
  /** How sure the rule is, 0 to 1. */
  score: number;
  action: FindingAction;
  evidence: Evidence[];
  /** One sentence for moderators. */
  explanation: string;
  /** What kind of rule, and which version of it, where it is one of the site's. */
  kind?: string;
  version?: number;
  /** What a rule in shadow would have done. */
  would?: 'hold' | 'reject';
  /** One sentence for the author, where there is something to mend. */
  hint?: string;
}

export type Verdict = 'publish' | 'hold' | 'reject';
