import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { Cursor, isInstant, isUuid, page } from '../platform/http/cursor.js';
import { authorise, type Actor } from '../identity/index.js';
import { SiteCache } from '../sites/index.js';
import { StaffComments, type StaffCommentsById } from '../threads/index.js';
import { escalationsOf } from './escalations/escalations-of.js';
import { queuedAppeals } from './appeals/queued-appeals.js';
import { openCases } from './open-cases.js';
import {
  queueItemView,
  type QueueCountsView,
  type QueueCountView,
  type QueueItemListView,
  type QueueItemView,
} from './queue-item.view.js';
import { looksAtEach, queueListStore, type ItemPosition, type ItemSort } from './queue-list.store.js';
import { queueStore, type QueueItemRow } from './queue.store.js';
import { BUILT_QUEUES, type BuiltQueue } from './queues.js';

export interface ListItemsInput {
  queue: string;
  siteKey: string;
  threadKey?: string;
  readerId?: string;
  reason?: string;
  escalated?: boolean;
  language?: string;
  /** Words of the comment's text. */
  text?: string;
  sort: ItemSort;
  limit: number;
  cursor?: string;
}

/** What waits, and how much of it. */
@Injectable()
export class QueueItems {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly comments: StaffComments,
  ) {}

  async list(actor: Actor, input: ListItemsInput): Promise<QueueItemListView> {
    const site = await this.sites.siteByKey(input.siteKey);
    const { staffId } = authorise(actor, 'queue.read', site.id, 'site');
    const queue = builtQueue(input.queue);
    const list = `items.${input.sort}`;
    const after = Cursor.decode(list, input.cursor, isPosition(input.sort));
    const words = input.text?.split(/\s+/).filter((word) => word !== '') ?? [];
    const filter = { ...input, siteId: site.id, queue, words };
    const cursorOf = (last: QueueItemRow) => Cursor.encode(list, position(last, input.sort));
    const read = async (em: EntityManager): Promise<QueueItemListView> => {
      const asked = { filter, sort: input.sort, after, limit: input.limit + 1 };
      // At the same time as the items: one after the other takes a third longer.
      const [rows, comments] = await Promise.all([
        queueListStore.list(em, asked),
        looksAtEach(filter) ? undefined : this.comments.found(em, queueListStore.comments(asked)),
      ]);
      const { items, nextCursor } = page(rows, input.limit, cursorOf);
      const goesOn = nextCursor === null && looksAtEach(filter);
      const looked = goesOn ? await queueListStore.lookedUpTo(em, asked) : undefined;
      const views = await this.views(em, items, staffId, comments);
      return { items: views, nextCursor: looked ? cursorOf(looked) : nextCursor };
    };
    // In one snapshot: what left in between would be taken for looked at.
    return looksAtEach(filter) ? this.unitOfWork.snapshot(read) : read(this.unitOfWork.em);
  }

  async counts(actor: Actor, siteKey: string): Promise<QueueCountsView> {
    const site = await this.sites.siteByKey(siteKey);
    authorise(actor, 'queue.read', site.id, 'site');
    return { items: await this.countsOf(site.id) };
  }

  /** For whoever has asked already whether it may be seen. */
  countsOf(siteId: string): Promise<QueueCountView[]> {
    return queueStore.counts(this.unitOfWork.em, siteId);
  }

  /**
   * @param viewer the person of the staff who asks
   * @param read comments that were read already; what came in between is read now
   */
  async views(
    em: EntityManager,
    rows: readonly QueueItemRow[],
    viewer: string,
    read?: StaffCommentsById,
  ): Promise<QueueItemView[]> {
    const missing = rows.flatMap(({ commentId }) => (commentId === null || read?.has(commentId) ? [] : [commentId]));
    const [rest, cases, appeals, escalations] = await Promise.all([
      this.comments.byIds(em, missing),
      openCases(em, rows),
      queuedAppeals(em, rows, viewer),
      escalationsOf(em, rows),
    ]);
    return rows.map((row) => {
      const found = rest.get(row.commentId ?? '') ?? read?.get(row.commentId ?? '');
      const appeal = appeals.get(row.appealId ?? '') ?? null;
      const hanging = { ...cases(row.commentId), escalated: escalations(row.escalationId) };
      if (!found) return queueItemView(row, { comment: null, appeal }, hanging);
      const { threadKey: key, threadTitle: title, threadUrl: url } = found.row;
      const comment = { ...found.view, thread: { key, title, url } };
      return queueItemView(row, { comment, appeal }, hanging);
    });
  }
}

/** @throws not-found */
export function builtQueue(name: string): BuiltQueue {
  const built = BUILT_QUEUES.find((queue) => queue === name);
  if (!built) throw notFound('queue');
  return built;
}

function position(row: QueueItemRow, sort: ItemSort): ItemPosition {
  const entered = row.enteredAt.toISOString();
  return sort === 'priority' ? [row.rank, entered, row.id] : [entered, row.id];
}

function isPosition(sort: ItemSort) {
  return (parts: readonly unknown[]): parts is (string | number)[] => {
    const [entered, id, ...rest] = sort === 'priority' ? parts.slice(1) : parts;
    const rightPriority = sort !== 'priority' || typeof parts[0] === 'number';
    return rightPriority && rest.length === 0 && isInstant(entered) && isUuid(id);
  };
}
