import type { GroundKind } from '../../../sites/index.js';
import type { Automation, Restriction, Source, StatementState } from '../restriction.js';

/** A statement of reasons in the words of one language. */
export interface StatementTexts {
  /** `title`: of the article; `until`: a date. */
  what: Record<Restriction, (about: { title: string; until: string }) => string>;
  state: Record<StatementState, string>;
  facts: Record<Source, string>;
  automation: Record<Automation, string>;
  ground: Record<GroundKind, (reference: string) => string>;
  /** `countries`: a list of names. */
  scope: (countries: string) => string;
  eea: string;
  appeal: (until: string) => string;
  noAppeal: string;
  /** What else a reader can do. */
  others: string;
  /** Of the reasons that every site begins with; a site's own are shown as they are. */
  reasons: Record<string, readonly [label: string, explanation: string]>;
}
