import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Write } from '../../platform/database/statement.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { write } from '../../platform/database/write.js';
import { notFound } from '../../platform/errors.js';
import { Outbox } from '../../platform/stream/outbox.js';
import {
  auditActor,
  authorise,
  ReaderStandings,
  requireStaff,
  type Actor,
  type StaffActor,
} from '../../identity/index.js';
import { CommentStates, type LockedComment } from '../../threads/index.js';
import { freeText } from '../free-text.js';
import { KeepClaims } from '../keep-claims.js';
import { LiftSanction } from '../sanctions/lift-sanction.js';
import { appealListStore } from './appeal-list.store.js';
import type { AppealEffect, AppealOutcome } from './appeal-state.js';
import { appealStore, type LockedAppeal } from './appeal.store.js';
import { appealTexts, neededText } from './appeal-texts.js';
import { appealView, type AppealView } from './appeal.view.js';
import { appealClaimed, appealDecided, ownDecision } from './appeals.errors.js';
import { RestoreComment } from './restore-comment.js';

export interface OutcomeInput {
  appealId: string;
  outcome: AppealOutcome;
  /** For the reader. */
  explanation: string;
  /** For staff. */
  note?: string;
}

type Said = Pick<OutcomeInput, 'outcome' | 'explanation'> & { note: string | null };

/** Upholds or overturns, once, and by nobody who took the decision. Overturning restores the comment, or lifts the sanction. */
@Injectable()
export class DecideAppeal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly states: CommentStates,
    private readonly standings: ReaderStandings,
    private readonly restoreComment: RestoreComment,
    private readonly liftSanction: LiftSanction,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly claims: KeepClaims,
  ) {}

  async run(actor: Actor, { appealId, outcome, explanation, note }: OutcomeInput): Promise<AppealView> {
    const staff = requireStaff(actor);
    const view = await this.unitOfWork.run(async (em) => {
      const place = await appealStore.place(em, appealId);
      if (!place) throw notFound('appeal');
      authorise(actor, 'appeal.decide', place.siteId, 'appeal');
      const said: Said = {
        outcome,
        explanation: neededText(explanation, '/explanation'),
        note: note === undefined ? null : freeText(note, '/note'),
      };
      // Before the appeal: in the order in which the relay, and whoever lifts a sanction, lock them.
      const [comment] = place.commentId === null ? [] : await this.states.lock(em, [place.commentId]);
      if (place.commentId === null) await this.standings.lock(em, [place.readerId]);
      const appeal = await appealStore.lock(em, appealId, staff.staffId);
      if (!appeal) throw notFound('appeal');
      if (appeal.state !== 'open' || !appeal.stands) {
        throw appealDecided({ id: appealId, state: appeal.state === 'open' ? 'moot' : appeal.state });
      }
      if (appeal.barred) throw ownDecision();
      if (appeal.heldByAnother) throw appealClaimed();
      await this.decide(em, staff, { appeal, comment }, said);
      const [row] = await appealListStore.byIds(em, staff.staffId, [appealId]);
      if (!row) throw notFound('appeal');
      return appealView(row);
    });
    this.outbox.written();
    this.claims.worked(staff);
    return view;
  }

  private async decide(
    em: EntityManager,
    staff: StaffActor,
    { appeal, comment }: { appeal: LockedAppeal; comment: LockedComment | undefined },
    { outcome, explanation, note }: Said,
  ): Promise<void> {
    const { id, siteId, readerId, decisionId, sanctionId, commentId, itemId } = appeal;
    const { effect, writes } =
      outcome === 'overturned' ? await this.overturn(em, staff, appeal, comment) : { effect: null, writes: [] };
    const { staffId } = staff;
    const sameStaff = staffId === appeal.staffId;
    const texts = appealTexts(appeal, { explanation, note });
    const about = commentId === null ? { sanctionId } : { commentId, decisionId };
    await write(em, [
      ...writes,
      ...appealStore.deciding(id, { outcome, staffId, sameStaff, effect }),
      ...texts.writes,
      this.outbox.appending([
        { siteId, streamId: null, subjectId: id, topic: 'appeal.decided', data: { ...about, outcome, itemId } },
      ]),
      this.audit.recording([
        {
          siteId,
          actor: auditActor(staff),
          action: PAST[outcome],
          subjectKind: commentId === null ? 'reader' : 'comment',
          subjectId: commentId ?? readerId,
          codes: { appealId: id, ...about, bySameStaff: sameStaff, ...(effect ? { effect } : {}), ...texts.codes },
        },
      ]),
    ]);
    if (effect === 'lifted' && sanctionId) await this.liftSanction.within(em, staff, sanctionId);
  }

  private async overturn(
    em: EntityManager,
    staff: StaffActor,
    appeal: LockedAppeal,
    comment: LockedComment | undefined,
  ): Promise<{ effect: AppealEffect; writes: readonly Write[] }> {
    if (!comment) return { effect: 'lifted', writes: [] };
    const writes = await this.restoreComment.writes(em, staff, comment, appeal.id);
    return writes ? { effect: 'restored', writes } : { effect: 'none', writes: [] };
  }
}

const PAST: Record<AppealOutcome, string> = { upheld: 'appeal.upheld', overturned: 'appeal.overturned' };
