import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import type { Thread } from './thread.entity.js';

/** A thread with what the relay keeps of it. `state` is `closed` from `closesAt` on. */
export interface ThreadRow {
  id: string;
  siteId: string;
  siteKey: string;
  key: string;
  url: string;
  title: string;
  state: Thread['state'];
  moderationMode: Thread['moderationMode'];
  closesAt: Date | null;
  createdAt: Date;
  commentCount: number;
  version: number;
  seq: number;
  /** The newest text of the article; null as long as none was sent. */
  revision: number | null;
  revisionHash: string | null;
}

const COLUMNS = `t.id, t.site_id AS "siteId", s.key AS "siteKey", t.key, t.url, t.title,
  CASE WHEN t.state = 'open' AND t.closes_at <= clock_timestamp() THEN 'closed' ELSE t.state END AS state,
  t.moderation_mode AS "moderationMode", t.closes_at AS "closesAt", t.created_at AS "createdAt",
  h.comment_count AS "commentCount", h.version, h.seq, t.revision, r.hash AS "revisionHash"`;
const JOINS = `JOIN sites s ON s.id = t.site_id JOIN thread_heads h ON h.thread_id = t.id
  LEFT JOIN article_revisions r ON r.thread_id = t.id AND r.number = t.revision`;

const BY_KEY = new Statement<ThreadRow>(
  'threads.byKey',
  `SELECT ${COLUMNS} FROM threads t ${JOINS} WHERE t.site_id = $1 AND t.key = $2`,
);
const BY_ID = new Statement<ThreadRow>('threads.byId', `SELECT ${COLUMNS} FROM threads t ${JOINS} WHERE t.id = $1`);

const VERSIONS = new Statement<{ version: number; siteVersion: number }>(
  'threads.versions',
  `SELECT h.version, s.version AS "siteVersion" FROM thread_heads h JOIN sites s ON s.id = h.site_id
   WHERE h.thread_id = ANY($1::uuid[])`,
);

const COUNTS = new Statement<{ key: string; count: number }>(
  'threads.counts',
  `SELECT t.key, h.comment_count AS count FROM threads t JOIN thread_heads h ON h.thread_id = t.id
   WHERE t.site_id = $1 AND t.key = ANY($2::text[])`,
);

const INSERT = new Statement<{ id: string }>(
  'threads.insert',
  `WITH made AS (
     INSERT INTO threads (id, site_id, key, url, title, state, moderation_mode, closes_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (site_id, key) DO NOTHING RETURNING id, site_id
   ), head AS (
     INSERT INTO thread_heads (thread_id, site_id) SELECT id, site_id FROM made
   )
   SELECT id FROM made`,
);

/** `overdue`: the time to close it has passed. */
type HeldThreadRow = Pick<Thread, 'id' | 'url' | 'title' | 'state' | 'moderationMode' | 'closesAt' | 'revision'> & {
  overdue: boolean;
};

const LOCK = new Statement<HeldThreadRow>(
  'threads.lock',
  `SELECT id, url, title, state, moderation_mode AS "moderationMode", closes_at AS "closesAt", revision,
          coalesce(closes_at <= clock_timestamp(), false) AS overdue
   FROM threads WHERE site_id = $1 AND key = $2 FOR NO KEY UPDATE`,
);

const LOCK_BY_ID = new Statement<Pick<Thread, 'revision'>>(
  'threads.lockById',
  'SELECT revision FROM threads WHERE id = $1 FOR NO KEY UPDATE',
);

const UPDATE = new Statement<never>(
  'threads.update',
  'UPDATE threads SET url = $2, title = $3, state = $4, moderation_mode = $5, closes_at = $6 WHERE id = $1',
);

const LIST = new Statement<ThreadRow>(
  'threads.list',
  `SELECT ${COLUMNS} FROM threads t ${JOINS}
   WHERE t.site_id = $1 AND (t.created_at, t.id) < ($2::timestamptz, $3::uuid)
     AND ($4::text IS NULL OR position(lower($4) IN lower(t.title)) > 0 OR position(lower($4) IN lower(t.key)) > 0)
   ORDER BY t.created_at DESC, t.id DESC LIMIT $5`,
);

export type NewThread = Pick<
  Thread,
  'id' | 'siteId' | 'key' | 'url' | 'title' | 'state' | 'moderationMode' | 'closesAt'
>;
export type ThreadChange = Pick<Thread, 'url' | 'title' | 'state' | 'moderationMode' | 'closesAt'>;

export const threadStore = {
  async byKey(em: EntityManager, siteId: string, key: string): Promise<ThreadRow | undefined> {
    return (await BY_KEY.run(em, [siteId, key]))[0];
  },

  async byId(em: EntityManager, id: string): Promise<ThreadRow | undefined> {
    return (await BY_ID.run(em, [id]))[0];
  },

  versions: (em: EntityManager, ids: readonly string[]) => VERSIONS.run(em, [ids]),

  counts: (em: EntityManager, siteId: string, keys: readonly string[]) => COUNTS.run(em, [siteId, keys]),

  /** False where a thread of this key stands already. */
  async insert(em: EntityManager, thread: NewThread): Promise<boolean> {
    const { id, siteId, key, url, title, state, moderationMode, closesAt } = thread;
    return (await INSERT.run(em, [id, siteId, key, url, title, state, moderationMode, closesAt])).length === 1;
  },

  async lock(em: EntityManager, siteId: string, key: string) {
    return (await LOCK.run(em, [siteId, key]))[0];
  },

  async lockById(em: EntityManager, id: string) {
    return (await LOCK_BY_ID.run(em, [id]))[0];
  },

  async update(em: EntityManager, id: string, change: ThreadChange): Promise<void> {
    const { url, title, state, moderationMode, closesAt } = change;
    await UPDATE.run(em, [id, url, title, state, moderationMode, closesAt]);
  },

  list: (em: EntityManager, siteId: string, after: readonly [string, string], q: string | null, limit: number) =>
    LIST.run(em, [siteId, ...after, q, limit]),
};
