import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { SiteCache } from '../sites/index.js';
import { invalidToken } from './identity.errors.js';
import { endReaderSession } from './reader.store.js';

/** A reader signs out. Twice is as good as once. */
@Injectable()
export class EndReaderSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
  ) {}

  async run(sessionId: string, siteKey: string): Promise<void> {
    const site = await this.sites.siteByKey(siteKey);
    if (!(await endReaderSession(this.unitOfWork.em, sessionId, site.id))) throw invalidToken();
  }
}
