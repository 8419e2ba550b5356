import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import type { ReaderActor } from '../../identity/index.js';
import { OriginPolicy, SiteCache } from '../../sites/index.js';
import { subscriptionStore } from './subscription.store.js';

/** A reader wants to be told no more of what this session has asked for. */
@Injectable()
export class EndSubscription {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly origins: OriginPolicy,
  ) {}

  async run(reader: ReaderActor, { id, origin }: { id: string; origin: string | undefined }): Promise<void> {
    this.origins.assertPermitted(await this.sites.siteById(reader.siteId), origin);
    if (!(await subscriptionStore.endMine(this.unitOfWork.em, id, reader.readerId))) throw notFound('subscription');
  }
}
