import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import type { BuiltQueue } from './queues.js';

export interface SettledItem {
  commentId: string;
  queue: BuiltQueue;
  itemId: string;
}

/** What a decision on some comments settles. */
export interface WhatHangs {
  items: readonly SettledItem[];
  /** Comments that another person holds, and not the one who asks. */
  held: ReadonlySet<string>;
  /** Ids of escalations in force, by comment. */
  escalated: ReadonlyMap<string, string>;
  /** Comments with open reports. */
  reported: ReadonlySet<string>;
  /** Ids of open notices, by comment. */
  notices: ReadonlyMap<string, readonly string[]>;
}

interface HangingRow {
  commentId: string;
  kind: 'item' | 'notice' | 'report';
  queue: BuiltQueue | null;
  id: string | null;
  heldByAnother: boolean;
  heldByMe: boolean;
  escalationId: string | null;
}

/** One statement: it travels with the comments' lock, and every decision waits for it. */
const HANGING = new Statement<HangingRow>(
  'items.hanging',
  `SELECT comment_id AS "commentId", 'item' AS kind, queue, id,
          coalesce(claimed_by <> $2 AND claimed_until > clock_timestamp(), false) AS "heldByAnother",
          coalesce(claimed_by = $2 AND claimed_until > clock_timestamp(), false) AS "heldByMe",
          escalation_id AS "escalationId"
   FROM queue_items WHERE comment_id = ANY($1::uuid[])
   UNION ALL
   SELECT comment_id, 'notice', NULL, id, false, false, NULL FROM notices WHERE comment_id = ANY($1::uuid[]) AND state = 'open'
   UNION ALL
   SELECT DISTINCT comment_id, 'report', NULL, NULL::uuid, false, false, NULL::uuid FROM reports
   WHERE comment_id = ANY($1::uuid[]) AND state = 'open'`,
);

/** Where the comments are locked, none of it comes or goes meanwhile. */
export async function whatHangsOn(
  em: EntityManager,
  commentIds: readonly string[],
  staffId: string,
): Promise<WhatHangs> {
  const rows = await HANGING.run(em, [commentIds, staffId]);
  const of = (kind: HangingRow['kind']) => rows.filter((row) => row.kind === kind);
  // A comment can stand in several queues: two may hold an item of it each, and neither may be kept from deciding.
  const mine = new Set(rows.flatMap((row) => (row.heldByMe ? row.commentId : [])));
  const notices = Map.groupBy(of('notice'), (row) => row.commentId);
  return {
    items: rows.flatMap(({ commentId, queue, id }) => (queue && id ? [{ commentId, queue, itemId: id }] : [])),
    escalated: new Map(rows.flatMap(({ commentId, escalationId: id }) => (id ? [[commentId, id] as const] : []))),
    held: new Set(rows.flatMap((row) => (row.heldByAnother && !mine.has(row.commentId) ? row.commentId : []))),
    reported: new Set(of('report').map((row) => row.commentId)),
    notices: new Map([...notices].map(([commentId, own]) => [commentId, own.flatMap((row) => row.id ?? [])])),
  };
}
