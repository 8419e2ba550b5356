import { Injectable } from '@nestjs/common';
import { newId } from '../platform/new-id.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { StaffSessionView } from './dto/staff.view.js';
import { wrongCredentials } from './identity.errors.js';
import { passwordMatches } from './passwords.js';
import { StaffTokens } from './session-tokens.js';
import { startStaffSession } from './staff-session.store.js';
import { StaffViews } from './staff-views.js';
import { findStaffByEmail } from './staff.store.js';

export const STAFF_SESSION_SECONDS = 7 * 24 * 60 * 60;

/** Staff signs in by e-mail address and password. */
@Injectable()
export class SignIn {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tokens: StaffTokens,
    private readonly views: StaffViews,
  ) {}

  /** @throws wrong-credentials, alike and after the same time for whatever was wrong */
  async run({ email, password }: { email: string; password: string }): Promise<StaffSessionView> {
    const { em } = this.unitOfWork;
    const person = await findStaffByEmail(em, email);
    const matches = await passwordMatches(person?.passwordHash, password);
    if (!person || !matches) throw wrongCredentials();
    const session = {
      id: newId(),
      staffId: person.id,
      passwordHash: person.passwordHash,
      seconds: STAFF_SESSION_SECONDS,
    };
    if (!(await startStaffSession(em, session))) throw wrongCredentials();
    return { token: this.tokens.issue(session.id), staff: await this.views.of(person) };
  }
}
