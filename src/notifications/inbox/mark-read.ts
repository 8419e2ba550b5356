import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { invalidField } from '../../platform/errors.js';
import { Signals } from '../../platform/stream/signals.js';
import type { ReaderActor } from '../../identity/index.js';
import { OriginPolicy, SiteCache } from '../../sites/index.js';
import { INBOX_SIGNAL } from '../telling/inbox-signal.js';
import { inboxStore } from './inbox.store.js';
import type { UnreadView } from './inbox.view.js';
import { MOST_UNREAD } from './read-inbox.js';

/** A reader has read some, or all up to a moment. Those of others are left alone, as if they were not there. */
@Injectable()
export class MarkRead {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly origins: OriginPolicy,
    private readonly signals: Signals,
  ) {}

  async run(
    { readerId, siteId }: ReaderActor,
    { ids, before, origin }: { ids?: readonly string[]; before?: string; origin: string | undefined },
  ): Promise<UnreadView> {
    this.origins.assertPermitted(await this.sites.siteById(siteId), origin);
    if ((ids === undefined) === (before === undefined)) {
      throw invalidField('/ids', 'Either ids or before says which were read.');
    }
    const { em } = this.unitOfWork;
    const changed =
      ids === undefined
        ? await inboxStore.readBefore(em, readerId, new Date(before ?? '').toISOString())
        : await inboxStore.readSome(em, readerId, ids);
    // The reader's other pages count anew.
    if (changed > 0) this.signals.send([{ kind: INBOX_SIGNAL, data: readerId }]);
    return { unread: await inboxStore.unread(em, readerId, MOST_UNREAD) };
  }
}
