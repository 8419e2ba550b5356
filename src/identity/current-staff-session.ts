import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Actor } from './actor.js';
import type { StaffAnswerView } from './dto/staff.view.js';
import { invalidToken } from './identity.errors.js';
import { requireStaff } from './policy.js';
import { endStaffSession } from './staff-session.store.js';
import { StaffSessions } from './staff-sessions.js';
import { StaffViews } from './staff-views.js';
import { findStaffById } from './staff.store.js';

/** The session of whoever asks: who am I, and signing out. */
@Injectable()
export class CurrentStaffSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: StaffSessions,
    private readonly views: StaffViews,
  ) {}

  async read(actor: Actor): Promise<StaffAnswerView> {
    const { staffId } = requireStaff(actor);
    const person = await findStaffById(this.unitOfWork.em, staffId);
    if (!person) throw invalidToken();
    return { staff: await this.views.of(person) };
  }

  async end(actor: Actor): Promise<void> {
    const { sessionId } = requireStaff(actor);
    await endStaffSession(this.unitOfWork.em, sessionId);
    this.sessions.changed();
  }
}
