import { ApiProperty } from '@nestjs/swagger';

/** A place in the Markdown, in UTF-16 code units, and what stands there. */
export class EvidenceView {
  start: number;
  end: number;
  text?: string;
}

/** What one rule says of a comment. */
export class FindingView {
  rule: string;
  /** How sure the rule is, 0 to 1. */
  score: number;
  /** `note` is recorded and changes nothing. */
  action: 'hold' | 'reject' | 'note';
  evidence: EvidenceView[];
  /** One sentence for moderators. */
  explanation: string;
  /** What kind of rule it is, where it is one of the site's. */
  kind?: string;
  /** Of the rule as it was: GET /moderation/rules/{id}/versions shows it. */
  @ApiProperty({ type: 'integer' })
  version?: number;
  /** What a rule in shadow would have done. */
  would?: 'hold' | 'reject';
  /** One sentence for the author, where there is something to mend. */
  hint?: string;
}

/** What the author of a comment may know of a finding. */
export class AuthorFindingView {
  /** What kind of rule. */
  rule: string;
  /** How sure the rule is, 0 to 1. */
  score: number;
  action: 'hold' | 'reject';
  evidence: EvidenceView[];
  explanation: string;
  /** What to mend. */
  hint?: string;
}

/** What would be said of a comment, and how it would look. Nothing is stored. */
export class PreviewView {
  html: string;
  verdict: 'publish' | 'hold' | 'reject';
  findings: AuthorFindingView[];
}
