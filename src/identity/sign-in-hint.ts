import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Secrets } from '../platform/secrets.js';
import { CONFIG, type RuntimeConfig } from '../platform/tokens.js';
import { firstPassword } from './first-password.js';
import { passwordMatches } from './passwords.js';
import { findStaffByEmail } from './staff.store.js';

/** What a start prints, as long as the first owner signs in with the generated password. */
@Injectable()
export class SignInHint {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {}

  async run(): Promise<{ email: string; password: string } | undefined> {
    const person = await findStaffByEmail(this.unitOfWork.em, this.config.adminEmail);
    if (!person?.passwordGenerated) return undefined;
    const password = firstPassword(this.secrets, person.email);
    // Another secret key gives another password.
    return (await passwordMatches(person.passwordHash, password)) ? { email: person.email, password } : undefined;
  }
}
