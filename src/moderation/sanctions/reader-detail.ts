import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { authorise, requireStaff, sitesWhere, standingView, type Actor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { readerDetailStore, type AlikeRow } from './reader-detail.store.js';
import type { HintView, ReaderDetailView } from './reader-detail.view.js';
import { sanctionStore } from './sanction.store.js';
import { sanctionView } from './sanction.view.js';
import { countStrikes, propose } from './strikes.js';

const MAX_HINTS = 50;

/** A reader's record, sanctions and strikes, what they propose, and who may be the same person. */
@Injectable()
export class ReaderDetail {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
  ) {}

  async run(actor: Actor, id: string): Promise<ReaderDetailView> {
    requireStaff(actor);
    const { em } = this.unitOfWork;
    const reader = await readerDetailStore.byId(em, id);
    if (!reader) throw notFound('reader');
    authorise(actor, 'reader.read', reader.siteId, 'reader');
    const { key, settings } = await this.sites.siteById(reader.siteId);
    const sanctions = await sanctionStore.ofReader(em, id);
    const counting = sanctions.filter(({ liftedAt, ageDays }) => liftedAt === null && ageDays < settings.strikeDays);
    const [record, rejections, related] = await Promise.all([
      readerDetailStore.record(em, id),
      readerDetailStore.rejections(em, id, settings.strikeDays, counting[0]?.at),
      readerDetailStore.alike(em, id, sitesWhere(actor, 'reader.read'), MAX_HINTS),
    ]);
    const inForce = reader.sanctions ?? [];
    const strikes = {
      rejections: rejections.count,
      rejectionsSince: rejections.since,
      sanctions: counting.map(({ kind }) => kind),
    };
    return {
      id,
      name: reader.displayName,
      site: key,
      kind: reader.kind,
      createdAt: reader.createdAt.toISOString(),
      standing: standingView(inForce),
      record: Object.fromEntries(record.map(({ status, count }) => [status, count])),
      sanctions: sanctions.map(sanctionView),
      strikes: { ...countStrikes(strikes, settings), days: settings.strikeDays, rejections: rejections.count },
      proposal: propose(
        strikes,
        inForce.map(({ kind }) => kind),
        settings,
      ),
      hints: await Promise.all(related.map((other) => this.hint(other))),
    };
  }

  private async hint(other: AlikeRow): Promise<HintView> {
    return {
      readerId: other.id,
      name: other.displayName,
      site: (await this.sites.siteById(other.siteId)).key,
      standing: standingView(other.sanctions ?? []),
      same: other.same,
      createdAt: other.createdAt.toISOString(),
    };
  }
}
