import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cursor, isInstant, isUuid, page } from '../../platform/http/cursor.js';
import { authorise, type Actor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { deadLetterStore, type Trouble } from './dead-letter.store.js';
import { deadLetterView, type DeadLetterListView } from './dead-letter.view.js';

/** The mails of a site that somebody has to look at, newest first. */
@Injectable()
export class ListDeadLetters {
  constructor(
    private readonly sites: SiteCache,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async run(
    actor: Actor,
    { siteKey, state, limit, cursor }: { siteKey: string; state: Trouble; limit: number; cursor?: string },
  ): Promise<DeadLetterListView> {
    const site = await this.sites.siteByKey(siteKey);
    authorise(actor, 'mail.read', site.id, 'site');
    const after = Cursor.decode('mails', cursor, isPosition);
    const rows = await deadLetterStore.page(this.unitOfWork.em, site.id, state, after, limit + 1);
    const { items, nextCursor } = page(rows, limit, ({ createdAt, id }) =>
      Cursor.encode('mails', [createdAt.toISOString(), id]),
    );
    return { items: items.map(deadLetterView), nextCursor };
  }
}

function isPosition(parts: readonly unknown[]): parts is [string, string] {
  return parts.length === 2 && isInstant(parts[0]) && isUuid(parts[1]);
}
