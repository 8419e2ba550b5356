import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { Status } from '../../threads/index.js';

/** By time, and among equals by id. */
export type SearchPosition = readonly [at: string, id: string];

export interface CommentSearch {
  siteId: string;
  /** A `tsquery`. */
  query?: string | undefined;
  /** Of the site; found by these alone where they are given. */
  readerIds?: readonly string[] | undefined;
  threadId?: string | undefined;
  status?: Status | undefined;
  from?: string | undefined;
  after: SearchPosition;
  limit: number;
}

export interface FoundComment {
  id: string;
  at: Date;
}

/** What has no index (statuses, and words that are in many comments) is looked for in so many comments and no more. */
export const LOOKED_AT = 5_000;

const ORDER = 'created_at DESC, comment_id DESC';

/** A statement is what is asked for and nothing else, as the queues' lists are. */
class Asked {
  readonly values: unknown[] = [];

  constructor(private readonly search: CommentSearch) {}

  add(value: unknown, type: string): string {
    return `$${this.values.push(value)}::${type}`;
  }

  /** Those under all filters that have an index, the newest of them. `among` may be another one. */
  looked(among = ''): string {
    const { siteId, readerIds, threadId, from, after } = this.search;
    const [at, id] = after;
    const filters = [
      `(w.created_at, w.comment_id) < (${this.add(at, 'timestamptz')}, ${this.add(id, 'uuid')})`,
      ...(from === undefined ? [] : [`w.created_at >= ${this.add(from, 'timestamptz')}`]),
      ...(threadId === undefined ? [] : [`w.thread_id = ${this.add(threadId, 'uuid')}`]),
      ...(among === '' ? [] : [among]),
    ];
    const newest = (where: readonly string[]) =>
      `SELECT w.* FROM comment_words w WHERE ${where.join(' AND ')} ORDER BY w.created_at DESC, w.comment_id DESC LIMIT ${LOOKED_AT}`;
    if (readerIds !== undefined) {
      // One after the other: for all at once PostgreSQL may go through the site instead.
      return `SELECT own.* FROM unnest(${this.add(readerIds, 'uuid[]')}) AS reader(id)
              CROSS JOIN LATERAL (${newest(['w.reader_id = reader.id', ...filters])}) own ORDER BY ${ORDER} LIMIT ${LOOKED_AT}`;
    }
    // A thread is one site's.
    const ofSite = threadId === undefined ? [`w.site_id = ${this.add(siteId, 'uuid')}`] : [];
    return newest([...ofSite, ...filters]);
  }

  /** By the index of words, whatever PostgreSQL takes the words for: it is not told of them before. */
  byWords(): string {
    const { siteId, readerIds, threadId, from, after, query } = this.search;
    const [at, id] = after;
    const where = [
      `w.words @@ (SELECT ${this.add(query, 'tsquery')}) AND w.site_id = ${this.add(siteId, 'uuid')}`,
      `(w.created_at, w.comment_id) < (${this.add(at, 'timestamptz')}, ${this.add(id, 'uuid')})`,
      ...(from === undefined ? [] : [`w.created_at >= ${this.add(from, 'timestamptz')}`]),
      ...(threadId === undefined ? [] : [`w.thread_id = ${this.add(threadId, 'uuid')}`]),
      ...(readerIds === undefined ? [] : [`w.reader_id = ANY(${this.add(readerIds, 'uuid[]')})`]),
    ];
    return `SELECT * FROM (SELECT w.comment_id, w.created_at FROM comment_words w WHERE ${where.join(' AND ')} OFFSET 0) hits
            ORDER BY ${ORDER} LIMIT ${LOOKED_AT}`;
  }

  /** Those of `source` that are there now, in that status. `words`: they are looked at too. */
  page(source: string, words: boolean): string {
    const { status, query, limit } = this.search;
    // Not a join, for which PostgreSQL may read all comments there are.
    const present = '(SELECT c.status FROM comments c WHERE c.id = l.comment_id)';
    const where = [
      ...(words && query !== undefined ? [`l.words @@ ${this.add(query, 'tsquery')}`] : []),
      `${present} ${status === undefined ? `<> 'deleted'` : `= ${this.add(status, 'text')}`}`,
    ];
    return `SELECT l.comment_id AS id, l.created_at AS at FROM (${source}) l
            WHERE ${where.join(' AND ')} ORDER BY l.created_at DESC, l.comment_id DESC LIMIT ${this.add(limit, 'int')}`;
  }
}

const prepared = new Map<string, Statement<FoundComment>>();

function statement(text: string): Statement<FoundComment> {
  const known = prepared.get(text);
  if (known) return known;
  const made = new Statement<FoundComment>(`search.${prepared.size}`, text);
  prepared.set(text, made);
  return made;
}

/** The last of `source` where it is full: more follow that nobody has looked at. */
function lastOf(source: string): string {
  return `SELECT comment_id AS id, created_at AS at FROM (${source}) l ORDER BY ${ORDER} OFFSET ${LOOKED_AT - 1}`;
}

export const commentSearchStore = {
  /** Looks at the newest comments one by one. */
  async newest(em: EntityManager, search: CommentSearch): Promise<FoundComment[]> {
    const asked = new Asked(search);
    return statement(asked.page(asked.looked(), true)).run(em, asked.values);
  },

  /** The last one that `newest` looked at, where more follow. In the same snapshot. */
  async newestUpTo(em: EntityManager, search: CommentSearch): Promise<FoundComment | undefined> {
    const asked = new Asked(search);
    return (await statement(lastOf(asked.looked())).run(em, asked.values))[0];
  },

  async byWords(em: EntityManager, search: CommentSearch): Promise<FoundComment[]> {
    const asked = new Asked(search);
    return statement(asked.page(asked.byWords(), false)).run(em, asked.values);
  },

  async byWordsUpTo(em: EntityManager, search: CommentSearch): Promise<FoundComment | undefined> {
    const asked = new Asked(search);
    return (await statement(lastOf(asked.byWords())).run(em, asked.values))[0];
  },
};
