import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../platform/new-id.js';
import { ConfigError } from '../platform/config/config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Secrets } from '../platform/secrets.js';
import { CONFIG, type RuntimeConfig } from '../platform/tokens.js';
import { firstPassword } from './first-password.js';
import { hashPassword } from './passwords.js';
import { findOldestStaff, insertFirstStaff } from './staff.store.js';

/** At start: where there is no staff, the person of `ADMIN_EMAIL`. Several nodes at once make one. */
@Injectable()
export class EnsureFirstOwner {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {}

  /** @throws ConfigError in production without `ADMIN_PASSWORD` */
  async run(): Promise<void> {
    if (await findOldestStaff(this.unitOfWork.em)) return;
    const { adminEmail, adminPassword, production } = this.config;
    if (production && adminPassword === undefined) {
      throw new ConfigError([
        'ADMIN_PASSWORD is missing; production needs one for the first owner, who is not there yet',
      ]);
    }
    await insertFirstStaff(this.unitOfWork.em, {
      id: newId(),
      email: adminEmail,
      displayName: 'Owner',
      passwordHash: await hashPassword(adminPassword ?? firstPassword(this.secrets, adminEmail)),
      passwordGenerated: adminPassword === undefined,
    });
  }
}
