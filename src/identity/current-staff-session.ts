import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Actor } from './actor.js';
import type { StaffAnswerView } from './dto/staff.view.js';
import { invalidToken } from './identity.errors.js';
import { requireStaff } from './policy.js';
import { StaffLeaving } from './staff-leaving.js';
import { endStaffSession, hasStaffSession } from './staff-session.store.js';
import { StaffSessions } from './staff-sessions.js';
import { StaffViews } from './staff-views.js';
import { findStaffById, lockStaff } from './staff.store.js';

/** The session of whoever asks: who am I, and signing out. */
@Injectable()
export class CurrentStaffSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: StaffSessions,
    private readonly views: StaffViews,
    private readonly leaving: StaffLeaving,
  ) {}

  async read(actor: Actor): Promise<StaffAnswerView> {
    const { staffId } = requireStaff(actor);
    const person = await findStaffById(this.unitOfWork.em, staffId);
    if (!person) throw invalidToken();
    return { staff: await this.views.of(person) };
  }

  async end(actor: Actor): Promise<void> {
    const { sessionId, staffId } = requireStaff(actor);
    const after = await this.unitOfWork.run(async (em) => {
      // Of two sessions that end at once, the second sees that it is the last.
      await lockStaff(em, staffId);
      await endStaffSession(em, sessionId);
      return (await hasStaffSession(em, staffId)) ? undefined : this.leaving.left(em, { staffId });
    });
    this.sessions.changed();
    after?.();
  }
}
