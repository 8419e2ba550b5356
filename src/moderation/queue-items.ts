import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { Cursor, isInstant, isUuid, page } from '../platform/http/cursor.js';
import { authorise, type Actor } from '../identity/index.js';
import { SiteCache } from '../sites/index.js';
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
import { queueStore, type ItemWithComment, type QueueItemRow } from './queue.store.js';
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
      const rows = await queueListStore.list(em, asked);
      const { items, nextCursor } = page(rows, input.limit, cursorOf);
      const goesOn = nextCursor === null && looksAtEach(filter);
      const looked = goesOn ? await queueListStore.lookedUpTo(em, asked) : undefined;
      const views = await this.views(em, items, staffId);
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

  /** @param viewer the person of the staff who asks */
  async views(em: EntityManager, rows: readonly ItemWithComment[], viewer: string): Promise<QueueItemView[]> {
    const [cases, appeals, escalations] = await Promise.all([
      openCases(em, rows),
      queuedAppeals(em, rows, viewer),
      escalationsOf(em, rows),
    ]);
    return rows.map((row) =>
      queueItemView(row, {
        ...cases(row.commentId),
        appeal: appeals.get(row.appealId ?? '') ?? null,
        escalated: escalations(row.escalationId),
      }),
    );
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
  return sort === 'priority' ? [row.rank, entered, row.itemId] : [entered, row.itemId];
}

function isPosition(sort: ItemSort) {
  return (parts: readonly unknown[]): parts is (string | number)[] => {
    const [entered, id, ...rest] = sort === 'priority' ? parts.slice(1) : parts;
    const rightPriority = sort !== 'priority' || typeof parts[0] === 'number';
    return rightPriority && rest.length === 0 && isInstant(entered) && isUuid(id);
  };
}
