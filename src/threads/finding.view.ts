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
}

/** What would be said of a comment, and how it would look. Nothing is stored. */
export class PreviewView {
  html: string;
  verdict: 'publish' | 'hold' | 'reject';
  findings: FindingView[];
}
