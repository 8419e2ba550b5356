import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';

export type JobState = 'waiting' | 'running' | 'done' | 'stopped';

export interface JobRow {
  id: string;
  siteId: string;
  sanctionId: string;
  readerId: string;
  staffId: string;
  state: JobState;
  total: number;
  done: number;
  skipped: number;
  cursor: CommentPosition | null;
  batches: string[];
  at: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** Thread, time and id: the order of an index that posting keeps anyway. */
export type CommentPosition = readonly [threadId: string, createdAt: string, id: string];

const COLUMNS = `id, site_id AS "siteId", sanction_id AS "sanctionId", reader_id AS "readerId", staff_id AS "staffId", state,
  total, done, skipped, cursor, batches, at, started_at AS "startedAt", finished_at AS "finishedAt"`;

const INSERT = new Statement<never>(
  'jobs.insert',
  `INSERT INTO moderation_jobs (id, site_id, kind, sanction_id, reader_id, staff_id, total)
   SELECT $1, s.site_id, 'reject-published', s.id, s.reader_id, s.staff_id,
          (SELECT count(*) FROM comments c WHERE c.reader_id = s.reader_id AND c.status = 'published')
   FROM sanctions s WHERE s.id = $2`,
);
const BY_ID = new Statement<JobRow>('jobs.byId', `SELECT ${COLUMNS} FROM moderation_jobs WHERE id = $1`);
const OPEN = new Statement<{ id: string }>(
  'jobs.open',
  'SELECT id FROM moderation_jobs WHERE finished_at IS NULL ORDER BY at LIMIT 100',
);
/** Whoever finds it locked leaves it to the other one. A worker that dies lets go of it. */
const TAKE = new Statement<JobRow>(
  'jobs.take',
  `SELECT ${COLUMNS} FROM moderation_jobs WHERE id = $1 AND finished_at IS NULL FOR UPDATE SKIP LOCKED`,
);
const LOOK = new Statement<never>(
  'jobs.look',
  'UPDATE moderation_jobs SET looked_at = coalesce(looked_at, clock_timestamp()) WHERE id = $1',
);
/**
 * Not before those are over that were under way when it first looked: a post among them may have read the reader's row
 * before the sanction stood there. What began more than a minute earlier is no post; nobody waits longer than that.
 */
const START = new Statement<JobRow>(
  'jobs.start',
  `UPDATE moderation_jobs j SET state = 'running', started_at = clock_timestamp()
   WHERE j.id = $1 AND (j.looked_at < clock_timestamp() - interval '1 minute' OR NOT EXISTS (
     SELECT FROM pg_stat_activity a
     WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.state <> 'idle'
       AND a.xact_start < j.looked_at AND a.xact_start > j.looked_at - interval '1 minute'))
   RETURNING ${COLUMNS}`,
);
const NEXT = new Statement<{ id: string; threadId: string; createdAt: Date }>(
  'jobs.nextComments',
  `SELECT id, thread_id AS "threadId", created_at AS "createdAt" FROM comments
   WHERE reader_id = $1 AND (thread_id, created_at, id) > ($2, $3, $4) AND created_at <= $5 AND status = 'published'
   ORDER BY thread_id, created_at, id LIMIT $6`,
);
const ADVANCE = new Statement<never>(
  'jobs.advance',
  `UPDATE moderation_jobs SET cursor = $2, done = done + $3, skipped = skipped + $4, batches = batches || $5::uuid
   WHERE id = $1`,
);
const FINISH = new Statement<never>(
  'jobs.finish',
  `UPDATE moderation_jobs SET state = 'done', total = done + skipped, finished_at = clock_timestamp() WHERE id = $1`,
);
const STOP = new Statement<never>(
  'jobs.stop',
  `UPDATE moderation_jobs SET state = 'stopped', finished_at = clock_timestamp()
   WHERE sanction_id = $1 AND finished_at IS NULL`,
);

const NIL = '00000000-0000-0000-0000-000000000000';
const START_POSITION: CommentPosition = [NIL, '-infinity', NIL];

export const jobStore = {
  async insert(em: EntityManager, { id, sanctionId }: { id: string; sanctionId: string }): Promise<void> {
    await INSERT.run(em, [id, sanctionId]);
  },

  async byId(em: EntityManager, id: string): Promise<JobRow | undefined> {
    return (await BY_ID.run(em, [id]))[0];
  },

  /** Not finished, oldest first. */
  async open(em: EntityManager): Promise<string[]> {
    return (await OPEN.run(em, [])).map((row) => row.id);
  },

  /** Undefined: finished, or another worker is at it. */
  async take(em: EntityManager, id: string): Promise<JobRow | undefined> {
    return (await TAKE.run(em, [id]))[0];
  },

  /** Undefined: not yet; ask again in another transaction. */
  async start(em: EntityManager, id: string): Promise<JobRow | undefined> {
    await LOOK.run(em, [id]);
    return (await START.run(em, [id]))[0];
  },

  /** The reader's published comments of before it started, behind the job's cursor. */
  next: (em: EntityManager, { readerId, cursor, startedAt }: JobRow, limit: number) =>
    NEXT.run(em, [readerId, ...(cursor ?? START_POSITION), startedAt?.toISOString(), limit]),

  async advance(
    em: EntityManager,
    id: string,
    { cursor, done, skipped, batchId }: { cursor: CommentPosition; done: number; skipped: number; batchId: string },
  ): Promise<void> {
    await ADVANCE.run(em, [id, JSON.stringify(cursor), done, skipped, batchId]);
  },

  async finish(em: EntityManager, id: string): Promise<void> {
    await FINISH.run(em, [id]);
  },

  async stop(em: EntityManager, sanctionId: string): Promise<void> {
    await STOP.run(em, [sanctionId]);
  },
};
