import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/new-id.js';
import { AuditTrail, type AuditEntry } from '../platform/audit/audit-trail.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { invalidField, notFound } from '../platform/errors.js';
import { Outbox } from '../platform/stream/outbox.js';
import { auditActor, authorise, SYSTEM, type Actor } from '../identity/index.js';
import { SiteCache, type SiteRow } from '../sites/index.js';
import { articleTextOf, type ArticleText } from './article/article-text.js';
import { PublishRevision, type HeldThread, type RevisionPlan } from './article/publish-revision.js';
import { cleanTitle } from './create-thread.js';
import { passageStore } from './passages/passage.store.js';
import { ReadThread } from './read-thread.js';
import { isThreadKey } from './thread-directory.js';
import { threadStore, type ThreadChange } from './thread.store.js';
import type { SavedThread } from './thread.view.js';

export interface SaveThreadInput {
  siteKey: string;
  key: string;
  url?: string;
  title?: string;
  /** The article: one of both. */
  text?: string;
  html?: string;
  state?: 'open' | 'closed' | 'frozen';
  moderationMode?: 'pre' | 'post' | null;
  closesAt?: string | null;
}

/** A plan that is overtaken so often is made while the thread's row is held. */
const PLANS = 3;

interface Save {
  by: AuditEntry['actor'];
  site: SiteRow;
  input: SaveThreadInput;
  article: ArticleText | undefined;
}

/** Staff create or change a thread; a new text of its article is carried to all passages in the same transaction. */
@Injectable()
export class SaveThread {
  constructor(
    private readonly sites: SiteCache,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly publishRevision: PublishRevision,
    private readonly readThread: ReadThread,
  ) {}

  async run(actor: Actor, input: SaveThreadInput): Promise<SavedThread> {
    const site = await this.sites.siteByKey(input.siteKey);
    const staff = authorise(actor, 'thread.save', site.id, 'site');
    return this.save({ by: auditActor(staff), site, input, article: articleTextOf(input) });
  }

  /** What an installation itself puts there. */
  async seed(input: SaveThreadInput): Promise<void> {
    const site = await this.sites.siteByKey(input.siteKey);
    await this.save({ by: SYSTEM, site, input, article: articleTextOf(input) });
  }

  private async save(save: Save): Promise<SavedThread> {
    if (!isThreadKey(save.input.key)) throw notFound('thread');
    for (let attempt = 1; ; attempt++) {
      const plan = attempt > PLANS ? 'now' : await this.plan(save);
      const saved = await this.unitOfWork.run(async (em) => {
        const id = await this.write(em, save, plan);
        // While the row is held: of two who publish at once, each is told of its own text.
        return id === undefined ? undefined : this.saved(em, id, save);
      });
      if (saved === undefined) continue;
      this.outbox.written();
      return saved;
    }
  }

  private async saved(em: EntityManager, id: string, { site }: Save): Promise<SavedThread> {
    const thread = await this.readThread.within(em, id, site);
    return { thread, revision: thread.revision, passages: await passageStore.countByState(em, id) };
  }

  private async plan({ site, input, article }: Save): Promise<RevisionPlan | undefined> {
    const { em } = this.unitOfWork;
    const row = article && (await threadStore.byKey(em, site.id, input.key));
    return row && this.publishRevision.plan(em, row.id, article);
  }

  /** The thread's id, or undefined where the plan was overtaken: then nothing is written. */
  private async write(
    em: EntityManager,
    save: Save,
    plan: RevisionPlan | undefined | 'now',
  ): Promise<string | undefined> {
    const { by, site, input, article } = save;
    const held = await this.held(em, save);
    const thread: HeldThread = { id: held.id, siteId: site.id, revision: held.revision };
    const published = article && (await this.publishRevision.publish(em, thread, article, by, plan));
    if (published === 'overtaken') return undefined;
    const after: ThreadChange = {
      url: input.url ?? held.url,
      title: input.title === undefined ? held.title : cleanTitle(input.title),
      state: input.state ?? held.state,
      moderationMode: input.moderationMode === undefined ? held.moderationMode : input.moderationMode,
      closesAt: input.closesAt === undefined ? held.closesAt : instant(input.closesAt),
    };
    const changed = changedFields(held, after);
    if (changed.length === 0) return held.id;
    await threadStore.update(em, held.id, after);
    const { state, moderationMode } = after;
    await this.note(em, save, held.id, 'thread.changed', { changed, state, moderationMode });
    await this.outbox.append(em, [{ siteId: site.id, streamId: held.id, subjectId: held.id, topic: 'thread.changed' }]);
    return held.id;
  }

  /** The thread, made where it is not there, and its row held. */
  private async held(em: EntityManager, save: Save) {
    const { site, input } = save;
    const there = await threadStore.lock(em, site.id, input.key);
    if (there) return there;
    await this.create(em, save);
    // Mine, or another request made it since.
    const made = await threadStore.lock(em, site.id, input.key);
    if (!made) throw notFound('thread');
    return made;
  }

  private async create(em: EntityManager, save: Save): Promise<void> {
    const { site, input } = save;
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
    if (inserted) await this.note(em, save, id, 'thread.created', { state, moderationMode });
  }

  private async note(
    em: EntityManager,
    { by, site }: Save,
    threadId: string,
    action: string,
    codes: Record<string, unknown>,
  ): Promise<void> {
    await this.audit.record(em, [
      { siteId: site.id, actor: by, action, subjectKind: 'thread', subjectId: threadId, codes },
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
