import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/new-id.js';
import { AuditTrail } from '../platform/audit/audit-trail.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { invalidField, notFound } from '../platform/errors.js';
import { Outbox } from '../platform/stream/outbox.js';
import { auditActor, authorise, type Actor, type StaffActor } from '../identity/index.js';
import { SiteCache, type SiteRow } from '../sites/index.js';
import { cleanTitle } from './create-thread.js';
import { isThreadKey } from './thread-directory.js';
import { threadStore, type ThreadChange } from './thread.store.js';
import { threadView, type SavedThread } from './thread.view.js';

export interface SaveThreadInput {
  siteKey: string;
  key: string;
  url?: string;
  title?: string;
  state?: 'open' | 'closed' | 'frozen';
  moderationMode?: 'pre' | 'post' | null;
  closesAt?: string | null;
}

/** Staff create or change a thread. */
@Injectable()
export class SaveThread {
  constructor(
    private readonly sites: SiteCache,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async run(actor: Actor, input: SaveThreadInput): Promise<SavedThread> {
    const site = await this.sites.siteByKey(input.siteKey);
    const staff = authorise(actor, 'thread.save', site.id, 'site');
    if (!isThreadKey(input.key)) throw notFound('thread');
    await this.unitOfWork.run((em) => this.save(em, staff, site, input));
    this.outbox.written();
    const row = await threadStore.byKey(this.unitOfWork.em, site.id, input.key);
    if (!row) throw notFound('thread');
    const thread = threadView(row, site.settings.moderationMode);
    return { thread, revision: thread.revision, passages: { anchored: 0, moved: 0, fuzzy: 0, orphaned: 0 } };
  }

  private async save(em: EntityManager, staff: StaffActor, site: SiteRow, input: SaveThreadInput): Promise<void> {
    let before = await threadStore.lock(em, site.id, input.key);
    if (!before) {
      const inserted = await this.create(em, staff, site, input);
      if (inserted) return;
      // Another request made it since.
      before = await threadStore.lock(em, site.id, input.key);
      if (!before) throw notFound('thread');
    }
    const after: ThreadChange = {
      url: input.url ?? before.url,
      title: input.title === undefined ? before.title : cleanTitle(input.title),
      state: input.state ?? before.state,
      moderationMode: input.moderationMode === undefined ? before.moderationMode : input.moderationMode,
      closesAt: input.closesAt === undefined ? before.closesAt : instant(input.closesAt),
    };
    const changed = changedFields(before, after);
    if (changed.length === 0) return;
    await threadStore.update(em, before.id, after);
    const { state, moderationMode } = after;
    await this.note(em, staff, site.id, before.id, 'thread.changed', { changed, state, moderationMode });
    await this.outbox.append(em, [
      { siteId: site.id, streamId: before.id, subjectId: before.id, topic: 'thread.changed' },
    ]);
  }

  private async create(em: EntityManager, staff: StaffActor, site: SiteRow, input: SaveThreadInput): Promise<boolean> {
    if (input.url === undefined) throw invalidField('/url', 'A new thread needs the address of its article.');
    if (input.title === undefined) throw invalidField('/title', 'A new thread needs the title of its article.');
    const id = newId();
    const { state = 'open', moderationMode = null } = input;
    const inserted = await threadStore.insert(em, {
      id,
      siteId: site.id,
      key: input.key,
      url: input.url,
      title: cleanTitle(input.title),
      state,
      moderationMode,
      closesAt: instant(input.closesAt ?? null),
    });
    if (inserted) await this.note(em, staff, site.id, id, 'thread.created', { state, moderationMode });
    return inserted;
  }

  private async note(
    em: EntityManager,
    staff: StaffActor,
    siteId: string,
    threadId: string,
    action: string,
    codes: Record<string, unknown>,
  ): Promise<void> {
    await this.audit.record(em, [
      { siteId, actor: auditActor(staff), action, subjectKind: 'thread', subjectId: threadId, codes },
    ]);
  }
}

function instant(value: string | null): Date | null {
  return value === null ? null : new Date(value);
}

function changedFields(before: ThreadChange, after: ThreadChange): string[] {
  const plain = (change: ThreadChange) => ({ ...change, closesAt: change.closesAt?.getTime() ?? null });
  const [was, is] = [plain(before), plain(after)];
  return (Object.keys(is) as (keyof ThreadChange)[]).filter((field) => was[field] !== is[field]);
}
