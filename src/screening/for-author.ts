import type { Evidence, Finding } from './finding.js';

/** What an author may know of a finding. */
export interface AuthorFinding {
  /** The kind of rule: what a site calls its rules is its own affair. */
  rule: string;
  score: number;
  action: 'hold' | 'reject';
  /** Of their own text. */
  evidence: Evidence[];
  explanation: string;
  hint?: string;
}

/** Where the explanation for moderators says what is theirs alone: the words of a list, an author's record. */
const SAID_TO_AUTHORS: Readonly<Record<string, string>> = {
  words: 'It has words that a moderator looks at first on this site, or that are not wanted here.',
  repeats: 'The same text was posted before.',
  'new-reader': 'A moderator reads the first comments of everyone here.',
  'rejection-rate': 'A moderator reads your comments first.',
  external: 'A service that the publisher uses looks at comments before they appear.',
};

/** Nothing of shadows and notes: they change nothing, and are the site's own trials. */
export function forAuthor(findings: readonly Finding[]): AuthorFinding[] {
  return findings.flatMap(({ rule, kind = rule, score, action, evidence, explanation, hint }) =>
    action === 'note'
      ? []
      : [
          {
            rule: kind,
            score,
            action,
            evidence,
            explanation: SAID_TO_AUTHORS[kind] ?? explanation,
            ...(hint === undefined ? {} : { hint }),
          },
        ],
  );
}
