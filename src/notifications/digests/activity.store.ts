import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { SubscriptionKind } from '../subscriptions/subscription.store.js';
import type { ActivityKind } from '../words/mail-words.js';

/** A comment that a mail tells of, as it is now. */
export interface ActivityItem {
  mailId: string;
  kind: ActivityKind;
  commentId: string;
  html: string;
  body: string;
  authorName: string;
  createdAt: Date;
  threadId: string;
  threadTitle: string;
  threadUrl: string;
  /** For which it is told; null: it is about the person's own. */
  subscriptionId: string | null;
  subscriptionKind: SubscriptionKind | null;
}

/**
 * What may still be told: comments that are published now, and that the address has a subscription for: the one that it
 * was told for, or another one that would do. A mention counts as long as it stands in the text, and what answered a
 * comment that is gone is still an answer.
 */
const ITEMS = new Statement<ActivityItem>(
  'activity.items',
  `SELECT i.mail_id AS "mailId", n.kind, c.id AS "commentId", rv.html, rv.body, rd.display_name AS "authorName", c.created_at AS "createdAt",
          t.id AS "threadId", t.title AS "threadTitle", t.url AS "threadUrl", s.id AS "subscriptionId",
          s.kind AS "subscriptionKind"
   FROM mail_items i
   JOIN notifications n ON n.id = i.notification_id
   JOIN comments c ON c.id = n.comment_id AND c.status = 'published'
   JOIN comment_revisions rv ON rv.comment_id = c.id AND rv.revision = c.revision
   JOIN readers rd ON rd.id = c.reader_id
   JOIN threads t ON t.id = c.thread_id
   LEFT JOIN addresses a ON a.id = n.address_id
   LEFT JOIN comments p ON p.id = c.parent_id
   LEFT JOIN readers pr ON pr.id = p.reader_id
   LEFT JOIN LATERAL (
     -- by the address, of which there are few: planned together it reads all of a thread's, ten thousand for each mail
     SELECT w.id, w.kind FROM (SELECT * FROM subscriptions WHERE address_id = n.address_id AND state = 'confirmed' OFFSET 0) w
     WHERE w.thread_id = c.thread_id
       AND (w.kind = 'thread' OR w.kind = 'comment' AND w.comment_id = p.id
            OR w.kind = 'replies' AND (w.reader_id = p.reader_id OR w.reader_id IS NULL AND lower(pr.email) = lower(a.email)))
     ORDER BY w.id = n.subscription_id DESC, w.id LIMIT 1
   ) s ON n.subscription_id IS NOT NULL
   WHERE i.mail_id = ANY($1::uuid[])
     AND (n.subscription_id IS NULL AND a.tell_mentions OR s.id IS NOT NULL)
     AND (n.kind <> 'mention' OR strpos(rv.body, 'reader:' || a.reader_id) > 0)
   ORDER BY t.created_at, t.id, c.created_at, c.id`,
);

export const activityStore = {
  /** Of several mails, each mail's in order; in a transaction `byKeys`. */
  items: (em: EntityManager, mailIds: readonly string[]) => ITEMS.run(em, [mailIds]),
};
