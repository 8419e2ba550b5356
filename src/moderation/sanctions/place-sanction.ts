import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { invalidField, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/new-id.js';
import { Outbox } from '../../platform/stream/outbox.js';
import {
  auditActor,
  ReaderStandings,
  requireStaff,
  type Actor,
  type LockedReader,
  type SanctionKind,
  type StaffActor,
} from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { freeText } from '../free-text.js';
import { Reasons } from '../reasons.js';
import { jobStore } from './job.store.js';
import { REJECT_PUBLISHED } from './reject-published.js';
import { authoriseSanction, maySeeReaders } from './sanction-authority.js';
import { sanctionStore, type NewSanction } from './sanction.store.js';
import { sanctionView, type SanctionAnswerView } from './sanction.view.js';
import { alreadySanctioned } from './sanctions.errors.js';

const MAX_SECONDS = 3_653 * 86_400;

export interface SanctionInput {
  readerId: string;
  kind: SanctionKind;
  reason: string;
  until?: string;
  /** For the reader. */
  explanation?: string;
  /** For staff. */
  note?: string;
  rejectPublished?: boolean;
  alsoReaders?: readonly string[];
}

/** A sanction of one reader, or of several in whom staff sees the same person: of all or of none. */
@Injectable()
export class PlaceSanction {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly standings: ReaderStandings,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly reasons: Reasons,
  ) {}

  async run(actor: Actor, asked: SanctionInput): Promise<SanctionAnswerView> {
    const staff = requireStaff(actor);
    checkEnd(asked);
    const input = { ...asked, ...textsOf(asked) };
    const answer = await this.unitOfWork.run(async (em) => {
      const readers = await this.readers(em, staff, input);
      const seconds = input.until === undefined ? null : await sanctionStore.secondsUntil(em, input.until);
      if (seconds !== null && (seconds <= 0 || seconds > MAX_SECONDS)) {
        throw invalidField('/until', 'It must be in the future, and at most ten years from now.');
      }
      for (const { siteId } of readers) {
        const { settings } = await this.sites.siteById(siteId);
        authoriseSanction(staff, siteId, { kind: input.kind, seconds }, settings, 'reader');
      }
      const ids = readers.map(({ id }) => id);
      for (const [readerId, inForce] of await sanctionStore.inForce(em, ids)) {
        const same = inForce.find(({ kind }) => kind === input.kind);
        if (same) throw alreadySanctioned(readerId, same);
      }
      return this.place(em, staff, readers, input);
    });
    this.outbox.written();
    return answer;
  }

  /** Locked, the one of the path first. */
  private async readers(em: EntityManager, staff: StaffActor, input: SanctionInput): Promise<LockedReader[]> {
    const also = new Set(input.alsoReaders?.map((id) => id.toLowerCase()));
    also.delete(input.readerId);
    const locked = await this.standings.lock(em, [input.readerId, ...also]);
    const visible = new Map(locked.filter(({ siteId }) => maySeeReaders(staff, siteId)).map((one) => [one.id, one]));
    const first = visible.get(input.readerId);
    if (!first) throw notFound('reader');
    const others = [...also].flatMap((id) => visible.get(id) ?? []);
    if (others.length < also.size) throw invalidField('/alsoReaders', 'One of them is no reader of a site of yours.');
    return [first, ...others];
  }

  private async place(
    em: EntityManager,
    staff: StaffActor,
    readers: readonly LockedReader[],
    { kind, reason, until, explanation, note, rejectPublished }: SanctionInput,
  ): Promise<SanctionAnswerView> {
    const reasons = await this.reasons.onSites(
      readers.map(({ siteId }) => siteId),
      reason,
    );
    const sanctions = readers.map((reader): NewSanction & { jobId: string | null } => ({
      id: newId(),
      siteId: reader.siteId,
      readerId: reader.id,
      kind,
      reason,
      explanation: explanation ?? reasons.get(reader.siteId)?.explanation ?? '',
      note: note ?? null,
      until: until ?? null,
      staffId: staff.staffId,
      jobId: rejectPublished ? newId() : null,
    }));
    await sanctionStore.insert(em, sanctions);
    const inForce = await sanctionStore.inForce(
      em,
      readers.map(({ id }) => id),
    );
    for (const { id } of readers) await this.standings.set(em, id, inForce.get(id) ?? []);
    await this.orderJobs(em, sanctions);
    await this.outbox.append(
      em,
      sanctions.map(({ id, siteId, readerId }) => ({
        siteId,
        streamId: null,
        subjectId: id,
        topic: 'reader.sanctioned',
        data: { readerId, kind },
      })),
    );
    await this.audit.record(
      em,
      sanctions.map(({ id, siteId, readerId, jobId }) => ({
        siteId,
        actor: auditActor(staff),
        action: PAST[kind],
        subjectKind: 'reader',
        subjectId: readerId,
        codes: { sanctionId: id, reason, ...(until ? { until } : {}), ...(jobId ? { jobId } : {}) },
      })),
    );
    const rows = new Map(
      (
        await sanctionStore.byIds(
          em,
          sanctions.map(({ id }) => id),
        )
      ).map((row) => [row.id, row]),
    );
    const [sanction, ...also] = sanctions.flatMap(({ id }) => rows.get(id) ?? []).map(sanctionView);
    if (!sanction) throw notFound('reader');
    return { sanction, also };
  }

  private async orderJobs(em: EntityManager, sanctions: readonly (NewSanction & { jobId: string | null })[]) {
    const ordered = sanctions.flatMap(({ id: sanctionId, siteId, jobId: id }) =>
      id ? [{ id, sanctionId, siteId }] : [],
    );
    for (const job of ordered) await jobStore.insert(em, job);
    await this.outbox.append(
      em,
      ordered.map(({ id, siteId }) => ({
        siteId,
        streamId: null,
        subjectId: id,
        topic: 'job.ordered',
        data: { task: REJECT_PUBLISHED },
      })),
    );
  }
}

const PAST: Record<SanctionKind, string> = {
  warn: 'reader.warned',
  premoderate: 'reader.premoderated',
  suspend: 'reader.suspended',
  ban: 'reader.banned',
};

/** Tidied; undefined where nothing of it can be seen. */
function textsOf({ explanation = '', note = '' }: SanctionInput) {
  return {
    explanation: freeText(explanation, '/explanation') ?? undefined,
    note: freeText(note, '/note') ?? undefined,
  };
}

function checkEnd({ kind, until }: SanctionInput): void {
  if (kind === 'suspend' && until === undefined)
    throw invalidField('/until', 'A suspension needs an end; a ban has none.');
  if ((kind === 'ban' || kind === 'warn') && until !== undefined) {
    throw invalidField('/until', `What ends by time is a suspension, or premoderation; a ${kind} has no end.`);
  }
}
