import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import { withStaffComments } from '../threads/index.js';
import { BY_PRIORITY, CLAIMANT, ITEM_COLUMNS, type ItemWithComment, type QueueItemRow } from './queue.store.js';
import type { BuiltQueue } from './queues.js';

export const ITEM_SORTS = ['priority', 'oldest', 'newest'] as const;
export type ItemSort = (typeof ITEM_SORTS)[number];

export interface ItemFilter {
  siteId: string;
  queue: BuiltQueue;
  threadKey?: string | undefined;
  readerId?: string | undefined;
  /** Left to the admins, or not. */
  escalated?: boolean | undefined;
  /** As which the comment reads: ISO 639-1, or `und`. */
  language?: string | undefined;
  /** A rule that has flagged the comment. */
  reason?: string | undefined;
  /** Each of them is somewhere in the comment's text, in whatever case. */
  words: readonly string[];
}

/** Of `priority`: [rank, enteredAt, id]; of the others: [enteredAt, id]. */
export type ItemPosition = readonly (string | number)[];

export interface ItemsAsked {
  filter: ItemFilter;
  sort: ItemSort;
  after: ItemPosition | undefined;
  limit: number;
}

/**
 * Rules, languages and words have no index (one over the texts would cost whoever posts): for them a page looks at so many items
 * and no more. What it then has may be short, or empty, and goes on where it stopped looking.
 */
export const LOOKED_AT = 5_000;

const SORTS = {
  priority: {
    order: 'q.rank DESC, q.entered_at, q.id',
    outer: BY_PRIORITY,
    types: ['float8', 'timestamptz', 'uuid'],
    after: ([rank, at, id]: string[]) =>
      `q.rank <= ${rank} AND (q.rank < ${rank} OR (q.entered_at, q.id) > (${at}, ${id}))`,
  },
  oldest: {
    order: 'q.entered_at, q.id',
    outer: 'f."enteredAt", f."itemId"',
    types: ['timestamptz', 'uuid'],
    after: ([at, id]: string[]) => `(q.entered_at, q.id) > (${at}, ${id})`,
  },
  newest: {
    order: 'q.entered_at DESC, q.id DESC',
    outer: 'f."enteredAt" DESC, f."itemId" DESC',
    types: ['timestamptz', 'uuid'],
    after: ([at, id]: string[]) => `(q.entered_at, q.id) < (${at}, ${id})`,
  },
} as const;

/** What items are of: where readers and words are found. */
const COMMENTS = {
  ...{ id: 'q.comment_id', table: 'comments', text: 'rv.body' },
  texts: 'comment_revisions rv WHERE rv.comment_id = q.comment_id AND rv.revision = q.revision',
};
const APPEALS = {
  ...{ id: 'q.appeal_id', table: 'appeals', text: 't.text' },
  texts: `log_texts t WHERE t.owner_id = q.appeal_id AND t.kind = 'appeal'`,
};

/** A statement is what is asked for and nothing else: with "or not given" in it no index could be chosen. */
class Asked {
  readonly values: unknown[] = [];

  constructor(private readonly asked: ItemsAsked) {}

  add(value: unknown, type: string): string {
    return `$${this.values.push(value)}::${type}`;
  }

  private get subject() {
    return this.asked.filter.queue === 'appeals' ? APPEALS : COMMENTS;
  }

  get order(): string {
    return SORTS[this.asked.sort].order;
  }

  /** Found by indexes. */
  get where(): string {
    const { filter, sort, after } = this.asked;
    const { threadKey, readerId, escalated } = filter;
    const site = this.add(filter.siteId, 'uuid');
    const by = SORTS[sort];
    return [
      `q.site_id = ${site} AND q.queue = ${this.add(filter.queue, 'text')}`,
      ...(threadKey === undefined
        ? []
        : [`q.thread_id = (SELECT id FROM threads WHERE site_id = ${site} AND key = ${this.add(threadKey, 'text')})`]),
      // An array, so that items are looked up by comments however many of them PostgreSQL expects.
      ...(readerId === undefined
        ? []
        : [
            `${this.subject.id} = ANY (ARRAY(SELECT id FROM ${this.subject.table} WHERE reader_id = ${this.add(readerId, 'uuid')}))`,
          ]),
      ...(escalated === undefined ? [] : [`q.escalation_id IS ${escalated ? 'NOT NULL' : 'NULL'}`]),
      // Not compared with a first position of all: PostgreSQL would expect it to leave a third, and plan anew for each call.
      ...(after === undefined ? [] : [by.after(after.map((part, n) => this.add(part, by.types[n] ?? 'text')))]),
    ].join(' AND ');
  }

  /** Found by looking at each. */
  get looks(): string[] {
    const { reason, language, words } = this.asked.filter;
    const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
    return [
      ...(reason === undefined
        ? []
        : [`q.reasons @> jsonb_build_array(jsonb_build_object('rule', ${this.add(reason, 'text')}))`]),
      ...(language === undefined
        ? []
        : [
            `(SELECT w.language FROM comment_words w WHERE w.comment_id = q.comment_id) = ${this.add(language, 'text')}`,
          ]),
      ...(patterns.length === 0
        ? []
        : [
            // Not EXISTS, which PostgreSQL turns into a join that reads all texts there are.
            `(SELECT ${this.subject.text} ILIKE ALL (${this.add(patterns, 'text[]')}) FROM ${this.subject.texts})`,
          ]),
    ];
  }
}

const prepared = new Map<string, Statement<ItemWithComment>>();

function statement(text: string): Statement<ItemWithComment> {
  const known = prepared.get(text);
  if (known) return known;
  const made = new Statement<ItemWithComment>(`items.list.${prepared.size}`, text);
  prepared.set(text, made);
  return made;
}

/** Whether some of it is found by looking at each item. */
export function looksAtEach({ reason, language, words }: ItemFilter): boolean {
  return reason !== undefined || language !== undefined || words.length > 0;
}

export const queueListStore = {
  list(em: EntityManager, asked: ItemsAsked): Promise<ItemWithComment[]> {
    const query = new Asked(asked);
    const { where, order, looks } = query;
    const items =
      looks.length === 0
        ? `queue_items q ${CLAIMANT} WHERE ${where}`
        : `(SELECT q.* FROM queue_items q WHERE ${where} ORDER BY ${order} LIMIT ${LOOKED_AT}) q
           ${CLAIMANT} WHERE ${looks.join(' AND ')}`;
    // In the text: PostgreSQL keeps a plan only where it knows how little is read, and making one takes longer than it.
    const text = `SELECT ${ITEM_COLUMNS} FROM ${items} ORDER BY ${order} LIMIT ${Math.trunc(asked.limit)}`;
    return statement(withStaffComments(text, SORTS[asked.sort].outer)).run(em, query.values);
  },

  /** The last item that `list` looked at, where more follow. In the same snapshot. */
  async lookedUpTo(em: EntityManager, asked: ItemsAsked): Promise<QueueItemRow | undefined> {
    const query = new Asked(asked);
    const { where, order } = query;
    const text = `SELECT ${ITEM_COLUMNS} FROM queue_items q ${CLAIMANT} WHERE ${where}
                  ORDER BY ${order} OFFSET ${LOOKED_AT - 1} LIMIT 1`;
    return (await statement(withStaffComments(text, SORTS[asked.sort].outer)).run(em, query.values))[0];
  },
};
