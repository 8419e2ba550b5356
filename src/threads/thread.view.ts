import { ApiProperty } from '@nestjs/swagger';
import type { ThreadRow } from './thread.store.js';

/** A text of the article. */
export class ArticleRevisionView {
  number: number;
  hash: string;
}

/** A thread as readers see it. */
export class ThreadView {
  id: string;
  key: string;
  url: string;
  title: string;
  /** closed: no new comments; frozen: no comments, edits or votes. */
  state: 'open' | 'closed' | 'frozen';
  moderationMode: 'pre' | 'post';
  /** When it closes by itself. */
  @ApiProperty({ format: 'date-time' })
  closesAt: string | null;
  /** Published comments. */
  commentCount: number;
  /** Advances with whatever changes how the thread reads. */
  version: number;
  /** The number of its last event. */
  seq: number;
  /** The article's text; null as long as none was sent. */
  revision: ArticleRevisionView | null;
  /** Passages are not built yet: empty. */
  passages: unknown[];
}

export class ThreadListView {
  items: ThreadView[];
  nextCursor: string | null;
}

/** How the passages of an article fared with its new text. */
export class PassagesReportView {
  anchored: number;
  moved: number;
  fuzzy: number;
  orphaned: number;
}

/** What staff get who saved a thread. */
export class SavedThread {
  thread: ThreadView;
  revision: ArticleRevisionView | null;
  passages: PassagesReportView;
}

export function threadView(row: ThreadRow, siteMode: 'pre' | 'post'): ThreadView {
  return {
    id: row.id,
    key: row.key,
    url: row.url,
    title: row.title,
    state: row.state,
    moderationMode: row.moderationMode ?? siteMode,
    closesAt: row.closesAt?.toISOString() ?? null,
    commentCount: row.commentCount,
    version: row.version,
    seq: row.seq,
    revision: null,
    passages: [],
  };
}
