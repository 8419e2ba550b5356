import { ApiProperty } from '@nestjs/swagger';
import { passageView, PassageView, type PassageRow } from './passages/passage.view.js';
import type { ThreadRow } from './thread.store.js';

/** A text of the article. */
export class ArticleRevisionView {
  /** Counts up by one with each new text. */
  number: number;
  /** SHA-256 of the text's UTF-8, in hex: a page that shows this text knows it by this. */
  hash: string;
}

/** A thread without the passages of its article. */
export class ThreadSummaryView {
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
}

/** A thread as readers see it. */
export class ThreadView extends ThreadSummaryView {
  /** By their place in the article, orphans last: its questions, and what readers marked and comments are published on. */
  passages: PassageView[];
}

export class ThreadListView {
  items: ThreadSummaryView[];
  nextCursor: string | null;
}

/** How the passages of an article stand in its newest text: all of them, shown or not. */
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

export function threadView(row: ThreadRow, siteMode: 'pre' | 'post', passages: readonly PassageRow[]): ThreadView {
  return { ...threadSummaryView(row, siteMode), passages: passages.map(passageView) };
}

export function threadSummaryView(row: ThreadRow, siteMode: 'pre' | 'post'): ThreadSummaryView {
  const { revision: number, revisionHash: hash } = row;
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
    revision: number === null || hash === null ? null : { number, hash },
  };
}
