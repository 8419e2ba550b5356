import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';

/** What a page looks through at most, whoever writes all of it; one that ends there may hold fewer than it could. */
export const LOOKED_THROUGH = 1_000;
/** Comments are counted up to here. */
export const MOST_COUNTED = 100;

export interface PersonRow {
  id: string;
  name: string;
  comments: number;
  lastAt: Date;
  /** The place in the list: of the walk by time the newest comment, of that by name the reader. */
  key: string | Date;
  keyId: string;
}
/** A place in the list: a moment or a name in lower case, and an id. */
export type PersonPosition = readonly [key: string, id: string];

/** What the public sees of the reader `r` in a thread, by the index of what readers wrote there. */
const written = (threadId: string) => `CROSS JOIN LATERAL (
     SELECT count(*)::int AS comments, max(created_at) AS last_at FROM (
       SELECT c.created_at FROM comments c
       WHERE c.reader_id = r.id AND c.thread_id = ${threadId} AND c.status = 'published' ORDER BY c.created_at DESC LIMIT ${MOST_COUNTED}
     ) counted
   ) w`;
const PERSON = `r.id, r.display_name AS name, w.comments, w.last_at AS "lastAt"`;

const LATEST_COMMENTS = `SELECT comment_id, created_at FROM listed_comments
   WHERE thread_id = $1 AND published AND (created_at, comment_id) < ($2::timestamptz, $3::uuid)
   ORDER BY created_at DESC, comment_id DESC`;
/** Each where the newest comment stands, so that a walk over pages shows nobody twice. */
const LATEST = new Statement<PersonRow>(
  'people.latest',
  `SELECT ${PERSON}, l.created_at AS key, l.comment_id AS "keyId"
   FROM (${LATEST_COMMENTS} LIMIT ${LOOKED_THROUGH}) l
   JOIN comments c ON c.id = l.comment_id AND c.status = 'published'
   JOIN readers r ON r.id = c.reader_id ${written('$1')}
   WHERE NOT EXISTS (SELECT FROM comments n WHERE n.reader_id = c.reader_id AND n.thread_id = $1
                     AND n.status = 'published' AND (n.created_at, n.id) > (c.created_at, c.id))
   ORDER BY l.created_at DESC, l.comment_id DESC LIMIT $4`,
);
const LATEST_END = new Statement<{ key: Date; keyId: string }>(
  'people.latestEnd',
  `SELECT created_at AS key, comment_id AS "keyId" FROM (${LATEST_COMMENTS} OFFSET ${LOOKED_THROUGH - 1} LIMIT 1) l`,
);

const NAMED_READERS = `SELECT id, display_name, lower(display_name) AS key FROM readers
   WHERE site_id = $1 AND lower(display_name) COLLATE "C" >= lower($2)
     AND lower(display_name) COLLATE "C" < lower($2) || chr(1114111)
     AND (lower(display_name) COLLATE "C", id) > ($3, $4::uuid)
   ORDER BY lower(display_name) COLLATE "C", id`;
const NAMED = new Statement<PersonRow>(
  'people.named',
  `SELECT ${PERSON}, r.key, r.id AS "keyId" FROM (${NAMED_READERS} LIMIT ${LOOKED_THROUGH}) r ${written('$5')}
   WHERE w.comments > 0 ORDER BY r.key COLLATE "C", r.id LIMIT $6`,
);
const NAMED_END = new Statement<{ key: string; keyId: string }>(
  'people.namedEnd',
  `SELECT key, id AS "keyId" FROM (${NAMED_READERS} OFFSET ${LOOKED_THROUGH - 1} LIMIT 1) r`,
);

const NOW_ON: PersonPosition = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
const FROM_A_ON: PersonPosition = ['', '00000000-0000-0000-0000-000000000000'];

type Place = Pick<PersonRow, 'key' | 'keyId'>;
interface Walk {
  threadId: string;
  after: PersonPosition | undefined;
}

export const peopleStore = {
  /** Who wrote last, first. */
  latest: (em: EntityManager, { threadId, after = NOW_ON }: Walk, limit: number) =>
    LATEST.run(em, [threadId, ...after, limit]),

  /** Where the walk from there stops looking; undefined: at the end of the thread. */
  async latestEnd(em: EntityManager, { threadId, after = NOW_ON }: Walk): Promise<Place | undefined> {
    return (await LATEST_END.run(em, [threadId, ...after]))[0];
  },

  /** Those whose names begin so, whatever the case, by name. */
  named: (em: EntityManager, { threadId, siteId, q, after = FROM_A_ON }: Walk & Named, limit: number) =>
    NAMED.run(em, [siteId, q, ...after, threadId, limit]),

  async namedEnd(
    em: EntityManager,
    { siteId, q, after = FROM_A_ON }: Omit<Walk, 'threadId'> & Named,
  ): Promise<Place | undefined> {
    return (await NAMED_END.run(em, [siteId, q, ...after]))[0];
  },
};

interface Named {
  siteId: string;
  q: string;
}
