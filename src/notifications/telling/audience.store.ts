import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { Frequency } from '../addresses/address.store.js';
import type { Told } from './notification.js';

export interface PublishedComment {
  siteId: string;
  threadId: string;
  status: string;
  authorId: string;
  /** As the author's session gave it. */
  authorEmail: string | null;
  parentId: string | null;
  parentAuthorId: string | null;
  parentAuthorEmail: string | null;
  body: string;
  /** By a person, after it had waited. */
  approved: boolean;
}

const COMMENT = new Statement<PublishedComment>(
  'audience.comment',
  `SELECT c.site_id AS "siteId", c.thread_id AS "threadId", c.status, c.reader_id AS "authorId", rd.email AS "authorEmail",
          p.id AS "parentId", p.reader_id AS "parentAuthorId", pr.email AS "parentAuthorEmail", rv.body,
          coalesce(d.decided_by = 'human' AND d.from_status = 'pending', false) AS approved
   FROM comments c
   JOIN readers rd ON rd.id = c.reader_id
   JOIN comment_revisions rv ON rv.comment_id = c.id AND rv.revision = c.revision
   LEFT JOIN comments p ON p.id = c.parent_id AND p.status <> 'deleted'
   LEFT JOIN readers pr ON pr.id = p.reader_id
   LEFT JOIN decisions d ON d.id = c.decision_id
   WHERE c.id = $1`,
);

interface AudienceRow {
  subscriptionId: string | null;
  readerId: string | null;
  addressId: string | null;
  frequency: Frequency | null;
  timeZone: string | null;
}

const ROW = `s.id AS "subscriptionId", s.reader_id AS "readerId", a.id AS "addressId", a.frequency, a.time_zone AS "timeZone"`;
/** Whom mails may go to. A subscription without an address is for the inbox. */
const ADDRESS = `LEFT JOIN addresses a ON a.id = s.address_id AND a.confirmed_at IS NOT NULL AND a.suppressed_at IS NULL
     AND a.email IS NOT NULL`;
/** Never the one who caused it: neither that reader, nor an address that reader has proved, subscribed with, or given. */
const NOT_THE_AUTHOR = `s.reader_id IS DISTINCT FROM $3
     AND (a.id IS NULL OR a.reader_id IS DISTINCT FROM $3 AND lower(a.email) IS DISTINCT FROM lower($4)
          AND NOT EXISTS (SELECT FROM subscriptions o WHERE o.reader_id = $3 AND o.thread_id = s.thread_id AND o.address_id = a.id))`;

const pageOf = (which: string) =>
  `(SELECT ${ROW} FROM subscriptions s ${ADDRESS}
    WHERE s.state = 'confirmed' AND s.id > $1 AND ${which} AND ${NOT_THE_AUTHOR}
    ORDER BY s.id LIMIT $5)`;

/**
 * Three look-ups, each by its own index: joined by OR they would read whatever is subscribed in the thread. Whoever asked
 * without a session wrote what sessions with the same address wrote.
 */
const OF_ANSWERS = new Statement<AudienceRow>(
  'audience.answers',
  `${pageOf(`s.kind = 'comment' AND s.comment_id = $2`)}
   UNION ALL ${pageOf(`s.kind = 'replies' AND s.thread_id = $6 AND s.reader_id = $7`)}
   UNION ALL ${pageOf(`s.kind = 'replies' AND s.thread_id = $6 AND s.reader_id IS NULL
     AND s.address_id = (SELECT id FROM addresses WHERE site_id = $8 AND email_key = $9)`)}
   ORDER BY "subscriptionId" LIMIT $5`,
);
const OF_THREAD = new Statement<AudienceRow>('audience.thread', pageOf(`s.kind = 'thread' AND s.thread_id = $2`));
/** Of those mentioned: who has a public comment in the thread. */
const TAKING_PART = new Statement<{ id: string }>(
  'audience.takingPart',
  `SELECT r.id FROM readers r WHERE r.id = ANY($1::uuid[])
     AND EXISTS (SELECT FROM comments c WHERE c.reader_id = r.id AND c.thread_id = $2 AND c.status = 'published')`,
);
/** The addresses that readers have proved to be their own; `what` of theirs is told there. */
const own = (
  what: 'tell_own' | 'tell_mentions',
) => `SELECT NULL AS "subscriptionId", NULL AS "readerId", a.id AS "addressId", a.frequency, a.time_zone AS "timeZone"
   FROM addresses a
   WHERE a.reader_id = ANY($1::uuid[]) AND a.${what} AND a.confirmed_at IS NOT NULL AND a.suppressed_at IS NULL AND a.email IS NOT NULL`;
const OWN = new Statement<AudienceRow>('audience.own', own('tell_own'));
const MENTIONED = new Statement<AudienceRow>('audience.mentioned', own('tell_mentions'));

export interface Page {
  people: Told[];
  /** The last subscription of the page; undefined: that was the last page. */
  next?: string;
}

interface Walk {
  after: string;
  limit: number;
}

export const audienceStore = {
  async comment(em: EntityManager, id: string): Promise<PublishedComment | undefined> {
    return (await COMMENT.run(em, [id]))[0];
  },

  /**
   * Those who want to learn of answers to the comment that this one answers.
   * @param parentEmailKey of the address that its author's session gave
   */
  async ofAnswers(
    em: EntityManager,
    comment: PublishedComment,
    parentEmailKey: Buffer | null,
    { after, limit }: Walk,
  ): Promise<Page> {
    const { siteId, parentId, authorId, authorEmail, threadId, parentAuthorId } = comment;
    if (parentId === null) return { people: [] };
    const author = [authorId, authorEmail];
    const parent = [threadId, parentAuthorId, siteId, parentEmailKey];
    return page(await OF_ANSWERS.run(em, [after, parentId, ...author, limit, ...parent]), limit);
  },

  /** Those who want to learn of each comment of the thread. */
  async ofThread(em: EntityManager, comment: PublishedComment, { after, limit }: Walk): Promise<Page> {
    const { threadId, authorId, authorEmail } = comment;
    return page(await OF_THREAD.run(em, [after, threadId, authorId, authorEmail, limit]), limit);
  },

  async takingPart(em: EntityManager, readerIds: readonly string[], threadId: string): Promise<string[]> {
    return (await TAKING_PART.run(em, [readerIds, threadId])).map(({ id }) => id);
  },

  /** The readers' inboxes, and the addresses that are theirs: for what was decided about them. */
  readers: (em: EntityManager, readerIds: readonly string[]) => readers(em, readerIds, OWN),

  /** The same for what happens in conversations: mentions, and what was published. */
  mentioned: (em: EntityManager, readerIds: readonly string[]) => readers(em, readerIds, MENTIONED),
};

async function readers(
  em: EntityManager,
  readerIds: readonly string[],
  addresses: Statement<AudienceRow>,
): Promise<Told[]> {
  if (readerIds.length === 0) return [];
  const rows = await addresses.run(em, [readerIds]);
  return [...readerIds.map((readerId) => ({ readerId })), ...rows.flatMap(toldBy)];
}

function page(rows: readonly AudienceRow[], limit: number): Page {
  const people = rows.flatMap(toldBy);
  const next = rows.length < limit ? undefined : rows.at(-1)?.subscriptionId;
  return next == null ? { people } : { people, next };
}

function toldBy({ subscriptionId, readerId, addressId, frequency, timeZone }: AudienceRow): Told[] {
  const inbox: Told[] = readerId === null ? [] : [{ readerId }];
  if (addressId === null || frequency === null) return inbox;
  return [...inbox, { addressId, subscriptionId, frequency, timeZone }];
}
