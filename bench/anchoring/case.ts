import type { Draft, Written } from './draft.js';
import type { Editor } from './edits.js';

/** What the truth is: the passage stands there, is gone, or has too little left to be attached by itself. */
export type Truth = 'there' | 'gone' | 'hint';

export interface Case {
  before: Written;
  after: Written;
  truth: Truth;
}

/** Builds one case from an article, or null where the article does not lend itself to it. */
export type Kind = (editor: Editor, draft: Draft) => Case | null;
