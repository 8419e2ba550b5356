import { StaffCommentInThreadView } from '../../threads/index.js';

/** A comment that was found. */
export class SearchedCommentView extends StaffCommentInThreadView {
  /** The site's key. */
  site: string;
}

export class SearchedCommentListView {
  items: SearchedCommentView[];
  nextCursor: string | null;
}
