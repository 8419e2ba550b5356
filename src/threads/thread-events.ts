import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { DEFAULT_SETTINGS } from '../sites/index.js';
import { COMMENT_COLUMNS } from './comment-columns.js';
import { publicView, type CommentRow } from './comment.view.js';
import type { EventType } from './listing/listing-tree.js';
import { isShown, PASSAGE_COLUMNS, passageView, type PassageRow } from './passages/passage.view.js';
import type { CatchUp, ThreadEvent } from './thread-event.view.js';

/** How far back a client may have been away: this many events, and this long. */
export const REPLAY_EVENTS = 1_000;
export const REPLAY_DAYS = 7;
/** The most that one frame brings. */
export const FRAME_EVENTS = 100;

interface EventRow {
  seq: number;
  type: EventType;
  at: Date;
  commentId: string | null;
  /** Of `passage.changed`. */
  changedPassageId: string | null;
  total: number;
  /** Where it is counted as a reply, and how many are counted there. */
  countedUnder: string | null;
  countedReplies: number | null;
  /** How many are counted on the passage that it hangs on. */
  countedOnPassage: number | null;
}

type HydratedRow = EventRow & (CommentRow | { id: null });

const EVENTS = new Statement<HydratedRow>(
  'events.after',
  `SELECT e.seq, e.type, e.at, e.comment_id AS "commentId", e.passage_id AS "changedPassageId", h.comment_count AS total,
          above.id AS "countedUnder", lp.reply_count AS "countedReplies",
          CASE WHEN c.passage_id IS NOT NULL THEN (
            SELECT comment_count FROM listed_passages WHERE passage_id = c.passage_id
          ) END AS "countedOnPassage", ${COMMENT_COLUMNS}
   FROM thread_events e
   JOIN thread_heads h ON h.thread_id = e.thread_id
   LEFT JOIN comments c ON c.id = e.comment_id
   LEFT JOIN threads t ON t.id = c.thread_id
   LEFT JOIN comment_revisions rv ON rv.comment_id = c.id AND rv.revision = c.revision
   LEFT JOIN readers rd ON rd.id = c.reader_id
   LEFT JOIN listed_comments l ON l.comment_id = c.id
   LEFT JOIN sites s ON s.id = c.site_id
   LEFT JOIN listed_comments p ON p.comment_id = c.parent_id
   -- what is not listed any more has left the count of the comment that it hung under
   LEFT JOIN LATERAL (
     SELECT coalesce(l.list_parent_id, CASE WHEN p.depth < coalesce((s.settings->>'maxDepth')::int, $4)
                                            THEN p.comment_id ELSE p.list_parent_id END) AS id
   ) above ON true
   LEFT JOIN listed_comments lp ON lp.comment_id = above.id
   WHERE e.thread_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`,
);

const PASSAGES = new Statement<PassageRow>(
  'events.passages',
  `SELECT ${PASSAGE_COLUMNS} FROM passages p LEFT JOIN listed_passages lp ON lp.passage_id = p.id
   WHERE p.id = ANY($1::uuid[])`,
);

const REACH = new Statement<{ seq: number; reached: boolean }>(
  'events.reach',
  `SELECT h.seq, h.seq = $2 OR EXISTS (
     SELECT FROM thread_events e WHERE e.thread_id = h.thread_id AND e.seq = $2 + 1
       AND e.at > clock_timestamp() - interval '${REPLAY_DAYS} days'
   ) AS reached
   FROM thread_heads h WHERE h.thread_id = $1`,
);

const SEQS = new Statement<{ threadId: string; seq: number }>(
  'events.seqs',
  'SELECT thread_id AS "threadId", seq FROM thread_heads WHERE thread_id = ANY($1::uuid[])',
);

/** The numbered events of a thread, hydrated to what may be seen now. */
@Injectable()
export class ThreadEvents {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Everything after `after`, complete, or the word that it can't be had. */
  async catchUp(threadId: string, after: number): Promise<CatchUp> {
    return this.unitOfWork.snapshot(async (em) => {
      const [head] = await REACH.run(em, [threadId, after]);
      const seq = head?.seq ?? 0;
      if (!head?.reached || seq - after > REPLAY_EVENTS) return { resync: true, seq };
      return { items: await this.read(em, threadId, after, REPLAY_EVENTS), seq, resync: false };
    });
  }

  /** The next frame's worth. */
  next(threadId: string, after: number): Promise<ThreadEvent[]> {
    return this.read(this.unitOfWork.em, threadId, after, FRAME_EVENTS);
  }

  async seqs(threadIds: readonly string[]): Promise<Map<string, number>> {
    const rows = threadIds.length > 0 ? await SEQS.run(this.unitOfWork.em, [threadIds]) : [];
    return new Map(rows.map((row) => [row.threadId, row.seq]));
  }

  private async read(em: EntityManager, threadId: string, after: number, limit: number): Promise<ThreadEvent[]> {
    const rows = await EVENTS.run(em, [threadId, after, limit, DEFAULT_SETTINGS.maxDepth]);
    const passageIds = [...new Set(rows.flatMap((row) => row.changedPassageId ?? []))];
    const changed = passageIds.length > 0 ? await PASSAGES.run(em, [passageIds]) : [];
    const passages = new Map(changed.map((passage) => [passage.id, passage]));
    return rows.map((row) => eventOf(row, passages));
  }
}

/**
 * Delivered is what is so now: a comment that was published then and is not any more goes out as removed, and one that
 * was removed and is back goes out as published.
 */
function eventOf(row: HydratedRow, passages: ReadonlyMap<string, PassageRow>): ThreadEvent {
  const base = { seq: row.seq, at: row.at.toISOString() };
  if (row.changedPassageId !== null) {
    const passage = passages.get(row.changedPassageId);
    return {
      ...base,
      type: row.type,
      passageId: row.changedPassageId,
      ...(passage && isShown(passage) ? { passage: passageView(passage) } : {}),
      counts: { total: row.total, replies: {}, passages: { [row.changedPassageId]: passage?.commentCount ?? 0 } },
    };
  }
  if (row.commentId === null) return { ...base, type: row.type, counts: { total: row.total, replies: {} } };
  const view = row.id === null ? undefined : publicView(row);
  const visible = view !== undefined && 'author' in view;
  const type = visible ? (row.type === 'comment.removed' ? 'comment.published' : row.type) : 'comment.removed';
  const passageId = row.id === null ? null : row.passageId;
  const onPassage = passageId === null ? {} : { passages: { [passageId]: row.countedOnPassage ?? 0 } };
  const replies = row.countedUnder === null ? {} : { [row.countedUnder]: row.countedReplies ?? 0 };
  return {
    ...base,
    type,
    commentId: row.commentId,
    ...(view ? { comment: view } : {}),
    counts: { total: row.total, replies, ...onPassage },
  };
}
