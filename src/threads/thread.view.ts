import type { ThreadRow } from './thread.store.js';

/** A thread as readers see it. */
export interface ThreadView {
  id: string;
  key: string;
  url: string;
  title: string;
  /** closed: no new comments; frozen: no comments, edits or votes. */
  state: 'open' | 'closed' | 'frozen';
  moderationMode: 'pre' | 'post';
  closesAt: string | null;
  commentCount: number;
  version: number;
  seq: number;
  /** The article's text; null as long as none was sent. */
  revision: { number: number; hash: string } | null;
  passages: unknown[];
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
