import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { auditActor, ReaderStandings, requireStaff, type Actor, type StaffActor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { jobStore } from './job.store.js';
import type { LiftReason } from './lift-reasons.js';
import { authoriseSanction } from './sanction-authority.js';
import { sanctionStore, type SanctionRow } from './sanction.store.js';
import { sanctionView, type SanctionView } from './sanction.view.js';

const WHAT = 'sanction';

export interface LiftInput {
  sanctionId: string;
  reason: LiftReason;
  /** For staff. */
  note?: string;
}

/**
 * Takes a sanction back: it is in force no more and counts as no strike. Work that it has ordered stops; comments that
 * were rejected stay so, each for its own reason. Lifting again changes nothing.
 */
@Injectable()
export class LiftSanction {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly standings: ReaderStandings,
    private readonly audit: AuditTrail,
  ) {}

  async run(actor: Actor, input: LiftInput): Promise<SanctionView> {
    requireStaff(actor);
    return this.unitOfWork.run(async (em) => {
      const before = await this.find(em, input.sanctionId);
      const { settings } = await this.sites.siteById(before.siteId);
      const staff = authoriseSanction(actor, before.siteId, before, settings, WHAT);
      await this.standings.lock(em, [before.readerId]);
      await this.lift(em, staff, before, input);
      return sanctionView(await this.find(em, input.sanctionId));
    });
  }

  private async lift(em: EntityManager, staff: StaffActor, sanction: SanctionRow, input: LiftInput): Promise<void> {
    const { id, siteId, readerId, kind } = sanction;
    const { reason, note = null } = input;
    if (!(await sanctionStore.lift(em, { id, staffId: staff.staffId, reason, note }))) return;
    const inForce = await sanctionStore.inForce(em, [readerId]);
    await this.standings.set(em, readerId, inForce.get(readerId) ?? []);
    await jobStore.stop(em, id);
    const entry = { siteId, actor: auditActor(staff), subjectKind: 'reader', subjectId: readerId };
    await this.audit.record(em, [{ ...entry, action: 'sanction.lifted', codes: { sanctionId: id, kind, reason } }]);
  }

  private async find(em: EntityManager, id: string): Promise<SanctionRow> {
    const [row] = await sanctionStore.byIds(em, [id]);
    if (!row) throw notFound(WHAT);
    return row;
  }
}
