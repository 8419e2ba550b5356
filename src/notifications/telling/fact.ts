/** What somebody may have to learn of. `subjectId`: of the comment, decision, sanction, appeal or notice. */
export const FACT_KINDS = ['published', 'decision', 'sanction', 'appeal', 'notice'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

export interface Fact {
  id: string;
  siteId: string;
  kind: FactKind;
  subjectId: string;
  /** Where the last page of those who are to be told ended. */
  cursor: Cursor | null;
  attempts: number;
}

/** Of which step, and the last of that step who was told. */
export interface Cursor {
  step: number;
  after: string;
}
