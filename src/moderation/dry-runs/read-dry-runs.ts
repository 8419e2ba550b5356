import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { Cursor, isInstant, isUuid, page } from '../../platform/http/cursor.js';
import { authorise, requireStaff, type Actor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { dryRunStore } from './dry-run.store.js';
import { dryRunDetailView, dryRunView, type DryRunDetailView, type DryRunListView } from './dry-run.view.js';
import type { ListDryRunsQuery } from './dry-runs.request.js';
import { pastCommentStore } from './past-comments.store.js';

const START = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] as const;

/** How far dry-runs are, and what they found. */
@Injectable()
export class ReadDryRuns {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
  ) {}

  async one(actor: Actor, id: string): Promise<DryRunDetailView> {
    requireStaff(actor);
    const { em } = this.unitOfWork;
    const row = await dryRunStore.byId(em, id);
    if (!row) throw notFound('dry-run');
    authorise(actor, 'comment.read', row.siteId, 'dry-run');
    return dryRunDetailView(row, await pastCommentStore.texts(em, row.tally?.examples ?? []));
  }

  async list(actor: Actor, { site: siteKey, limit, cursor }: ListDryRunsQuery): Promise<DryRunListView> {
    const site = await this.sites.siteByKey(siteKey);
    authorise(actor, 'comment.read', site.id, 'site');
    const after = Cursor.decode('dry-runs', cursor, isPosition) ?? START;
    const rows = await dryRunStore.ofSite(this.unitOfWork.em, site.id, after, limit + 1);
    const { items, nextCursor } = page(rows, limit, ({ at, id }) => Cursor.encode('dry-runs', [at.toISOString(), id]));
    return { items: items.map(dryRunView), nextCursor };
  }
}

function isPosition(parts: readonly unknown[]): parts is [string, string] {
  return parts.length === 2 && isInstant(parts[0]) && isUuid(parts[1]);
}
