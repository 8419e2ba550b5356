import type { EntityManager } from 'typeorm';
import { DomainError } from '../../platform/errors.js';
import { auditActor, type StaffActor } from '../../identity/index.js';
import type { AskQuestion } from '../passages/ask-question.js';
import { insertPassage, sharedPassage } from '../passages/ensure-passage.js';
import { passageStore } from '../passages/passage.store.js';
import type { Placed } from '../passages/place-anchor.js';
import { MAX_STORED_DEPTH } from '../post.store.js';
import type { ImportedView, RefusedView, UnchangedView } from './import-report.view.js';
import type { ImportedComment, KnownAnnotation } from './import.store.js';
import { parentsFirst } from './parents-first.js';
import { refusalOf, type Prepared } from './prepare-import.js';
import { isRefusal, refusal, type Refusal } from './refusals.js';

/** Where the words of annotations stand, by the id of what each will be; `newest` is the revision that was the newest. */
export interface Placement {
  newest: number;
  places: ReadonlyMap<string, Placed | DomainError>;
}

/**
 * Settles what becomes of each annotation, under the thread's lock. Passages and questions are written at once, so that
 * two annotations of the same words share one; comments are collected for one write.
 */
export class PlanImport {
  readonly imported: ImportedView[] = [];
  readonly unchanged: UnchangedView[] = [];
  readonly refused: RefusedView[] = [];
  readonly comments: ImportedComment[] = [];
  readonly made: { sourceId: string; passageId: string; commentId: string | null }[] = [];

  constructor(
    private readonly em: EntityManager,
    private readonly staff: StaffActor,
    private readonly place: { siteId: string; threadId: string },
    private readonly placement: Placement,
    private readonly known: Map<string, KnownAnnotation>,
    private readonly askQuestion: AskQuestion,
  ) {}

  async settle(prepared: readonly Prepared[]): Promise<void> {
    const ordered = parentsFirst(prepared);
    for (const one of ordered) await this.settleOne(one);
    // Twice in the document: what became of the first one.
    const settled = new Set(ordered);
    for (const one of prepared) if (!settled.has(one)) await this.settleOne(one);
  }

  private async settleOne(one: Prepared): Promise<void> {
    const { index, givenId: id, sourceId } = one;
    const known = this.known.get(sourceId);
    if (known) {
      this.unchanged.push({ index, id, passageId: known.passageId, commentId: known.commentId });
      return;
    }
    const is = await this.become(one);
    if (isRefusal(is)) {
      this.refused.push({ index, id, problem: is });
      return;
    }
    const { passageId, commentId, status } = is;
    this.known.set(sourceId, is);
    this.made.push({ sourceId, passageId, commentId });
    this.imported.push({ index, id, passageId, commentId, status });
  }

  private async become(one: Prepared): Promise<KnownAnnotation | Refusal> {
    const parent = one.replyTo.map((id) => this.known.get(id)).find((known) => known !== undefined);
    if (parent && one.text) return this.reply(one, parent);
    if (!one.words) return refusal('parent-not-found');
    const placed = this.placement.places.get(one.id);
    if (!placed || placed instanceof DomainError) return refusalOf(placed);
    return one.prompt === null ? this.onWords(one, placed) : this.question(one, one.prompt, placed);
  }

  /** To a question it is a root comment on the same passage. */
  private reply(one: Prepared, parent: KnownAnnotation): KnownAnnotation | Refusal {
    const gone = parent.commentId !== null && parent.status !== 'published' && parent.status !== 'pending';
    if (gone) return refusal('parent-not-found');
    if (parent.depth >= MAX_STORED_DEPTH) return refusal('too-deep');
    return this.comment(one, parent.passageId, parent);
  }

  private async onWords(one: Prepared, placed: Placed): Promise<KnownAnnotation | Refusal> {
    const { threadId } = this.place;
    const shared = await sharedPassage(this.em, threadId, placed);
    if (shared !== undefined) return this.comment(one, shared);
    try {
      const owner = { kind: 'selection', prompt: null, readerId: null, staffId: this.staff.staffId } as const;
      await insertPassage(this.em, this.place, placed, owner);
    } catch (error) {
      return refusalOf(error);
    }
    return this.comment(one, placed.marked.id);
  }

  private async question(one: Prepared, prompt: string, placed: Placed): Promise<KnownAnnotation | Refusal> {
    if (placed.now.state === 'orphaned') return refusal('anchor-not-found');
    try {
      await this.askQuestion.place(this.em, auditActor(this.staff), this.place, prompt, placed);
    } catch (error) {
      return refusalOf(error);
    }
    const { id } = placed.marked;
    if (one.closed) await passageStore.change(this.em, id, { prompt, closed: true });
    return { passageId: id, commentId: null, rootId: null, depth: -1, status: null };
  }

  private comment(one: Prepared, passageId: string, parent?: KnownAnnotation): KnownAnnotation {
    const { commentId: id, created: createdAt, creator, text } = one;
    const parentId = parent?.commentId ?? null;
    const rootId = parent?.rootId ?? id;
    const depth = (parent?.depth ?? -1) + 1;
    if (!text) throw new Error('a comment without a text');
    this.comments.push({ ...text, id, parentId, rootId, depth, passageId, creator, createdAt });
    return { passageId, commentId: id, rootId, depth, status: text.status };
  }
}
