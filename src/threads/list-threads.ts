import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Cursor, isInstant, isUuid, page } from '../platform/http/cursor.js';
import { authorise, type Actor } from '../identity/index.js';
import { SiteCache } from '../sites/index.js';
import { threadStore } from './thread.store.js';
import { threadSummaryView, type ThreadListView } from './thread.view.js';

const START = ['9999-12-31T23:59:59.999Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] as const;

/** A site's threads for its staff, newest first. */
@Injectable()
export class ListThreads {
  constructor(
    private readonly sites: SiteCache,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async run(
    actor: Actor,
    input: { siteKey: string; q?: string; limit: number; cursor?: string },
  ): Promise<ThreadListView> {
    const site = await this.sites.siteByKey(input.siteKey);
    authorise(actor, 'thread.list', site.id, 'site');
    const after = Cursor.decode('threads', input.cursor, isPosition) ?? START;
    const rows = await threadStore.list(this.unitOfWork.em, site.id, after, input.q ?? null, input.limit + 1);
    const { items, nextCursor } = page(rows, input.limit, (last) =>
      Cursor.encode('threads', [last.createdAt.toISOString(), last.id]),
    );
    return { items: items.map((row) => threadSummaryView(row, site.settings.moderationMode)), nextCursor };
  }
}

function isPosition(parts: readonly unknown[]): parts is [string, string] {
  return parts.length === 2 && isInstant(parts[0]) && isUuid(parts[1]);
}
