import { ArticleRevisionView, type ThreadView } from '../thread.view.js';
import { PassageView } from './passage.view.js';

/** The passages of an article that are shown: all of them, by their place, orphans last. */
export class PassageListView {
  items: PassageView[];
  /** There is one page. */
  nextCursor: string | null;
  /** The text that they stand in. */
  revision: ArticleRevisionView | null;
  /** The number of the last event that this list holds. */
  seq: number;
}

export function passageListView({ passages, revision, seq }: ThreadView): PassageListView {
  return { items: passages, nextCursor: null, revision, seq };
}
