import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { Signals } from '../platform/stream/signals.js';
import { authorise, can, requireStaff, StaffLeaving, type Actor, type StaffActor } from '../identity/index.js';
import { SiteCache } from '../sites/index.js';
import { KeepClaims, placeOf } from './keep-claims.js';
import { claimLost } from './moderation.errors.js';
import { builtQueue, QueueItems } from './queue-items.js';
import { queueStore, type Claim, type ClaimPlace, type ItemWithComment, type QueueItemRow } from './queue.store.js';
import { QUEUE_SIGNAL, type QueueChange, type QueueSignal } from './queues.js';
import type { ClaimedItemsView, QueueItemView } from './queue-item.view.js';

export interface ClaimInput {
  queue: string;
  siteKey?: string;
  limit: number;
}

/**
 * Leases: who holds an item holds it alone, until decided, released, skipped, the time is up, or the person is signed in
 * nowhere any more.
 */
@Injectable()
export class Claims implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly items: QueueItems,
    private readonly signals: Signals,
    private readonly keep: KeepClaims,
    private readonly leaving: StaffLeaving,
  ) {}

  onModuleInit(): void {
    this.leaving.register(async (em, { staffId, siteId }) => {
      const released = await queueStore.releaseAll(em, staffId, siteId);
      return () => this.tell('released', released);
    });
  }

  async claim(actor: Actor, input: ClaimInput): Promise<ClaimedItemsView> {
    const staff = requireStaff(actor);
    const queue = builtQueue(input.queue);
    const places = await this.places(staff, input.siteKey);
    const claim = { places, staffId: staff.staffId, queue, limit: input.limit };
    const rows = await this.take(claim);
    const ends = rows.flatMap((row) => row.claimedUntil?.getTime() ?? []);
    return {
      items: await this.items.views(this.unitOfWork.em, rows, staff.staffId),
      expiresAt: ends.length > 0 ? new Date(Math.min(...ends)).toISOString() : null,
    };
  }

  private async take(claim: Claim): Promise<ItemWithComment[]> {
    const running = await this.unitOfWork.run(
      (em, last) => {
        const claimed = queueStore.claim(em, claim);
        last(claimed);
        return Promise.resolve({ claimed });
      },
      // A lease that is lost with the database's last milliseconds costs nobody more than a conflict.
      { keepPlans: true, durable: false },
    );
    const rows = await running.claimed;
    this.tell(
      'claimed',
      rows.filter(({ fresh }) => fresh),
    );
    return rows;
  }

  async renew(actor: Actor, itemId: string): Promise<QueueItemView> {
    const { staff, row } = await this.visible(actor, itemId);
    const site = await this.sites.siteById(row.siteId);
    const { em } = this.unitOfWork;
    if (!(await queueStore.renew(em, itemId, staff.staffId, site.settings.claimSeconds))) throw claimLost();
    const renewed = await queueStore.byId(em, itemId);
    const [view] = renewed ? await this.items.views(em, [renewed], staff.staffId) : [];
    if (!view) throw claimLost();
    this.keep.worked(staff);
    return view;
  }

  async release(actor: Actor, itemId: string): Promise<void> {
    const { staff, row } = await this.visible(actor, itemId);
    if (await queueStore.release(this.unitOfWork.em, itemId, staff.staffId)) this.tell('released', [row]);
    else throw claimLost();
  }

  /** Given back, and not offered to the same person again. */
  async skip(actor: Actor, itemId: string): Promise<void> {
    const { staff, row } = await this.visible(actor, itemId);
    const released = await this.unitOfWork.run(async (em) => {
      await queueStore.skip(em, itemId, staff.staffId);
      return queueStore.release(em, itemId, staff.staffId);
    });
    if (released) this.tell('released', [row]);
  }

  private async places(staff: StaffActor, siteKey: string | undefined): Promise<ClaimPlace[]> {
    if (siteKey === undefined) return this.keep.places(staff);
    const site = await this.sites.siteByKey(siteKey);
    authorise(staff, 'queue.claim', site.id, 'site');
    return [placeOf(staff, site)];
  }

  private async visible(actor: Actor, itemId: string): Promise<{ staff: StaffActor; row: QueueItemRow }> {
    const staff = requireStaff(actor);
    const row = await queueStore.byId(this.unitOfWork.em, itemId);
    if (!row || !can(staff, 'queue.claim', row.siteId)) throw notFound('item');
    return { staff, row };
  }

  private tell(change: QueueChange, rows: readonly Pick<QueueItemRow, 'itemId' | 'siteId' | 'queue'>[]): void {
    this.signals.send(
      rows.map((row) => ({
        kind: QUEUE_SIGNAL,
        data: [row.siteId, row.queue, change, row.itemId] satisfies QueueSignal,
      })),
    );
  }
}
