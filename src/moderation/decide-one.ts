import { Injectable } from '@nestjs/common';
import { newId } from '../platform/new-id.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { sitesWhere, type StaffActor } from '../identity/index.js';
import { STATUSES, transition, type StaffAction, type Status } from '../threads/index.js';
import { DECIDE_ONE, LOCK_ONE } from './decide-one.statement.js';
import type { DecideInput } from './decide-input.js';
import type { BatchAnswer } from './decision.view.js';
import { PAST } from './past.js';
import { Reasons } from './reasons.js';

/**
 * The quick way of `Decide`: one plain decision, which is nearly every one, goes to PostgreSQL and comes back once. The
 * long way takes two rounds, because what to write is decided here by what was read there.
 */
@Injectable()
export class DecideOne {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reasons: Reasons,
  ) {}

  /** Undefined: nothing was done, and whether anything can be takes a closer look. */
  async run(staff: StaffActor, input: DecideInput): Promise<BatchAnswer | undefined> {
    const [item, another] = input.items;
    if (!item || another || !isPlain(input)) return undefined;
    const { action, reason = null } = input;
    const sites = await this.reasons.sitesWith(sitesWhere(staff, 'comment.decide'), input.reason);
    const siteIds = sites.map((site) => site.id);
    const undoSeconds = sites.map((site) => site.settings.undoSeconds);
    const batchId = newId();
    const { commentId, revision, status: seen = null } = item;
    const { from, to } = MOVES[action];
    const running = await this.unitOfWork.run((em, last) => {
      const locked = LOCK_ONE.run(em, [commentId]);
      const written = DECIDE_ONE.run(em, [
        ...[commentId, revision, seen, from, to, siteIds, undoSeconds, staff.staffId],
        ...[newId(), batchId, action, reason, newId(), PAST[action]],
      ]);
      last(locked, written);
      return Promise.resolve({ written });
    });
    const [applied] = await running.written;
    return applied && { batchId, results: [{ commentId, status: to, outcome: 'applied' }] };
  }
}

/** What is said with it is sealed and stored, what can be asked for again is remembered, what is reported is settled. */
function isPlain({ idempotencyKey, explanation, note, reportVerdict }: DecideInput): boolean {
  return idempotencyKey === null && !explanation && !note && !reportVerdict;
}

/** Each action leads to one status, whatever it finds. */
const MOVES = Object.fromEntries(
  (Object.keys(PAST) as StaffAction[]).map((action) => {
    const from = STATUSES.filter((status) => transition(status, action) !== undefined);
    const [to, other] = new Set(from.map((status) => transition(status, action)));
    if (!to || other) throw new Error(`${action} leads to ${other ? 'several statuses' : 'none'}`);
    return [action, { from, to }];
  }),
) as unknown as Record<StaffAction, { from: Status[]; to: Status }>;
