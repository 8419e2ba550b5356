import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { Outbox } from '../../platform/stream/outbox.js';
import {
  auditActor,
  ReaderStandings,
  requireStaff,
  SYSTEM,
  type Actor,
  type StaffActor,
} from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { appealStore } from '../appeals/appeal.store.js';
import { jobStore } from './job.store.js';
import type { LiftedBy, LiftReason } from './lift-reasons.js';
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
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async run(actor: Actor, input: LiftInput): Promise<SanctionView> {
    requireStaff(actor);
    const view = await this.unitOfWork.run(async (em) => {
      const before = await this.find(em, input.sanctionId);
      const { settings } = await this.sites.siteById(before.siteId);
      const staff = authoriseSanction(actor, before.siteId, before, settings, WHAT);
      await this.standings.lock(em, [before.readerId]);
      await this.lift(em, staff, before, input);
      return sanctionView(await this.find(em, input.sanctionId));
    });
    this.outbox.written();
    return view;
  }

  /** By the outcome of an appeal, in its transaction: whoever may decide on that may lift. The reader is locked. */
  async within(em: EntityManager, staff: StaffActor, sanctionId: string): Promise<void> {
    await this.lift(em, staff, await this.find(em, sanctionId), { reason: 'appeal' });
  }

  private async lift(
    em: EntityManager,
    staff: StaffActor,
    sanction: SanctionRow,
    input: { reason: LiftedBy; note?: string },
  ): Promise<void> {
    const { id, siteId, readerId, kind } = sanction;
    const { reason, note = null } = input;
    if (!(await sanctionStore.lift(em, { id, staffId: staff.staffId, reason, note }))) return;
    const inForce = await sanctionStore.inForce(em, [readerId]);
    await this.standings.set(em, readerId, inForce.get(readerId) ?? []);
    await jobStore.stop(em, id);
    await this.closeAppeal(em, sanction);
    const entry = { siteId, actor: auditActor(staff), subjectKind: 'reader', subjectId: readerId };
    await this.audit.record(em, [{ ...entry, action: 'sanction.lifted', codes: { sanctionId: id, kind, reason } }]);
  }

  /** What is lifted needs no outcome. */
  private async closeAppeal(em: EntityManager, { id: sanctionId, siteId, readerId }: SanctionRow): Promise<void> {
    const appealId = await appealStore.closeOfSanction(em, sanctionId);
    if (appealId === undefined) return;
    const codes = { appealId, sanctionId };
    await this.outbox.append(em, [
      { siteId, streamId: null, subjectId: appealId, topic: 'appeal.decided', data: { sanctionId, outcome: 'moot' } },
    ]);
    await this.audit.record(em, [
      { siteId, actor: SYSTEM, action: 'appeal.closed', subjectKind: 'reader', subjectId: readerId, codes },
    ]);
  }

  private async find(em: EntityManager, id: string): Promise<SanctionRow> {
    const [row] = await sanctionStore.byIds(em, [id]);
    if (!row) throw notFound(WHAT);
    return row;
  }
}
