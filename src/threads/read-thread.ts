import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { SiteCache, type SiteRow } from '../sites/index.js';
import { passageStore } from './passages/passage.store.js';
import { threadStore, type ThreadRow } from './thread.store.js';
import { threadView, type ThreadView } from './thread.view.js';

const MAX_KEYS = 100;

@Injectable()
export class ReadThread {
  constructor(
    private readonly sites: SiteCache,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws not-found */
  async row(threadId: string): Promise<ThreadRow> {
    const row = await threadStore.byId(this.unitOfWork.em, threadId);
    if (!row) throw notFound('thread');
    return row;
  }

  /** With the time at which it closes, where that is ahead. */
  async run(threadId: string): Promise<{ view: ThreadView; validUntil: Date | undefined }> {
    const row = await this.row(threadId);
    const site = await this.sites.siteById(row.siteId);
    const mode = site.settings.moderationMode;
    if (row.revision === null) return { view: threadView(row, mode, []), validUntil: closing(row) };
    // Of one state: with the `seq` of a later one, a page would never be told of what its passages lack.
    return this.unitOfWork.snapshot(async (em) => {
      const read = (await threadStore.byId(em, threadId)) ?? row;
      return { view: threadView(read, mode, await passageStore.shown(em, threadId)), validUntil: closing(read) };
    });
  }

  /** As a transaction sees it that holds the thread's row. @throws not-found */
  async within(em: EntityManager, threadId: string, { settings }: SiteRow): Promise<ThreadView> {
    const row = await threadStore.byId(em, threadId);
    if (!row) throw notFound('thread');
    const passages = row.revision === null ? [] : await passageStore.shown(em, threadId);
    return threadView(row, settings.moderationMode, passages);
  }

  /** Published comments by thread key; 0 for threads that nobody has opened. */
  async counts(siteKey: string, keys: readonly string[]): Promise<Record<string, number>> {
    const site = await this.sites.siteByKey(siteKey);
    const asked = [...new Set(keys)].slice(0, MAX_KEYS);
    const rows = await threadStore.counts(
      this.unitOfWork.em,
      site.id,
      asked.filter((key) => !key.includes('\0')),
    );
    const known = new Map(rows.map((row) => [row.key, row.count]));
    return Object.fromEntries(asked.map((key) => [key, known.get(key) ?? 0]));
  }
}

function closing(row: ThreadRow): Date | undefined {
  return row.state === 'open' ? (row.closesAt ?? undefined) : undefined;
}
