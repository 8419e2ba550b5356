import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cursor, isInstant, isUuid, page } from '../../platform/http/cursor.js';
import type { ReaderActor } from '../../identity/index.js';
import { inboxStore } from './inbox.store.js';
import { notificationView, type InboxView } from './inbox.view.js';

export const MOST_UNREAD = 1_000;

/** What happened to a reader, newest first, as far as it is still so. */
@Injectable()
export class ReadInbox {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run({ readerId }: ReaderActor, { limit, cursor }: { limit: number; cursor?: string }): Promise<InboxView> {
    const after = Cursor.decode('inbox', cursor, isPosition);
    const [rows, unread] = await this.unitOfWork.snapshot(async (em) => [
      await inboxStore.page(em, readerId, after, limit + 1),
      await inboxStore.unread(em, readerId, MOST_UNREAD),
    ]);
    const { items, nextCursor } = page(rows, limit, ({ createdAt, id }) =>
      Cursor.encode('inbox', [createdAt.toISOString(), id]),
    );
    return { items: items.map(notificationView), nextCursor, unread };
  }
}

function isPosition(parts: readonly unknown[]): parts is [string, string] {
  return parts.length === 2 && isInstant(parts[0]) && isUuid(parts[1]);
}
