import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { Cursor, page } from '../../platform/http/cursor.js';
import { authorise, type Actor } from '../../identity/index.js';
import { ThreadDirectory, type ThreadAddress } from '../thread-directory.js';
import { ABOVE_ALL, revisionStore } from './revision.store.js';
import { listedRevisionView, type RevisionListView, type RevisionTextView } from './revision.view.js';

@Injectable()
export class ReadRevisions {
  constructor(
    private readonly directory: ThreadDirectory,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Newest first. A page that shows an older text finds by its hash which one that is. */
  async list(
    threadId: string,
    { limit, cursor, hash }: { limit: number; cursor?: string; hash?: string },
  ): Promise<RevisionListView> {
    const [below] = Cursor.decode('revisions', cursor, isPosition) ?? [];
    const rows = await revisionStore.list(this.unitOfWork.em, threadId, below, hash ?? null, limit + 1);
    const { items, nextCursor } = page(rows, limit, (last) => Cursor.encode('revisions', [last.number]));
    return { items: items.map(listedRevisionView), nextCursor };
  }

  /** With its text, which is the publisher's to show: for staff. @throws not-found */
  async text(actor: Actor, address: ThreadAddress, number: number): Promise<RevisionTextView> {
    const { site, threadId } = await this.directory.find(address);
    authorise(actor, 'article.read', site.id, 'thread');
    const row = await revisionStore.one(this.unitOfWork.em, threadId, number);
    if (!row) throw notFound('revision');
    return { ...listedRevisionView(row), text: row.text };
  }
}

function isPosition(parts: readonly unknown[]): parts is [number] {
  const [number] = parts;
  return parts.length === 1 && Number.isInteger(number) && Number(number) > 0 && Number(number) <= ABOVE_ALL;
}
