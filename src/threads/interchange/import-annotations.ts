import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/new-id.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { CONFIG, type RuntimeConfig } from '../../platform/tokens.js';
import { auditActor, authorise, type Actor, type StaffActor } from '../../identity/index.js';
import type { SiteRow } from '../../sites/index.js';
import { AskQuestion } from '../passages/ask-question.js';
import { noArticleText } from '../passages/passages.errors.js';
import { placeAnchors } from '../passages/place-anchor.js';
import { ReadThread } from '../read-thread.js';
import { SiteRules } from '../screening/site-rules.js';
import { ThreadDirectory, type ThreadAddress } from '../thread-directory.js';
import { threadStore } from '../thread.store.js';
import { annotationsIn } from './annotations-in.js';
import { sourceIdOf } from './given-annotation.js';
import type { ImportReportView, RefusedView } from './import-report.view.js';
import { importStore } from './import.store.js';
import { knownAnnotations } from './known-annotations.js';
import { PlanImport, type Placement } from './plan-import.js';
import { prepare, type ImportTerms, type Prepared } from './prepare-import.js';
import { isRefusal } from './refusals.js';

export interface ImportInput extends ThreadAddress {
  document: unknown;
  /** Another address under which the article was annotated. */
  source: string | undefined;
  /** The text in which the words are looked for; the newest where it does not say. */
  revision: number | undefined;
  /** Staff answer for all of it: nothing waits for moderation. */
  publish: boolean;
}

interface Place {
  siteId: string;
  threadId: string;
}

/** Staff bring annotations of other tools, or of this one: each becomes a comment or a question, or is told why not. */
@Injectable()
export class ImportAnnotations {
  constructor(
    private readonly directory: ThreadDirectory,
    private readonly readThread: ReadThread,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly askQuestion: AskQuestion,
    private readonly siteRules: SiteRules,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {}

  async run(actor: Actor, input: ImportInput): Promise<ImportReportView> {
    const { site, threadId } = await this.directory.find(input);
    const staff = authorise(actor, 'passage.ask', site.id, 'thread');
    const given = annotationsIn(input.document);
    const terms = await this.terms(site, threadId, input);
    const prepared: Prepared[] = [];
    const refused: RefusedView[] = [];
    for (const [index, each] of given.entries()) {
      const read = prepare(each, index, terms);
      if (isRefusal(read)) refused.push({ index, id: sourceIdOf(each), problem: read });
      else prepared.push(read);
    }
    const before = await this.place(this.unitOfWork.em, threadId, input.revision, prepared);
    const plan = await this.unitOfWork.run(async (em) => {
      const locked = await threadStore.lockById(em, threadId);
      if (!locked || locked.revision === null) throw noArticleText();
      // A text that was published meanwhile is the one to look in.
      const placement =
        locked.revision === before.newest ? before : await this.place(em, threadId, input.revision, prepared);
      return this.write(em, staff, { siteId: site.id, threadId }, prepared, placement);
    });
    this.outbox.written();
    const inOrder = (one: { index: number }, other: { index: number }) => one.index - other.index;
    return {
      imported: plan.imported.sort(inOrder),
      unchanged: plan.unchanged.sort(inOrder),
      refused: [...refused, ...plan.refused].sort(inOrder),
    };
  }

  private async terms(site: SiteRow, threadId: string, { source, publish }: ImportInput): Promise<ImportTerms> {
    const thread = await this.readThread.row(threadId);
    const mode = thread.moderationMode ?? site.settings.moderationMode;
    const rules = await this.siteRules.of(site);
    return { site, rules, mode, sources: [thread.url, ...(source === undefined ? [] : [source])], publish };
  }

  /** Where the words of each stand, by the id of what it will be. */
  private async place(
    em: EntityManager,
    threadId: string,
    revision: number | undefined,
    prepared: readonly Prepared[],
  ): Promise<Placement> {
    const marking = prepared.flatMap(({ id, words }) => (words ? [{ id, selectors: words.selectors }] : []));
    const { newest, places } = await placeAnchors(em, threadId, revision, marking);
    return { newest, places: new Map(places.map((placed, at) => [marking[at]?.id ?? '', placed])) };
  }

  private async write(
    em: EntityManager,
    staff: StaffActor,
    place: Place,
    prepared: readonly Prepared[],
    placement: Placement,
  ): Promise<PlanImport> {
    const known = await knownAnnotations(em, place.threadId, this.config.publicUrl, prepared);
    const plan = new PlanImport(em, staff, place, placement, known, this.askQuestion);
    await plan.settle(prepared);
    const { comments, made } = plan;
    if (made.length === 0) return plan;
    const creators = new Map(comments.map(({ creator }) => [creator.key, { id: newId(), ...creator }]));
    const readers = await importStore.readers(em, place.siteId, [...creators.values()]);
    await importStore.insertComments(em, place, comments, readers);
    await importStore.remember(em, place, made);
    await this.tell(em, staff, place, plan);
    return plan;
  }

  /** What follows is the relay's, as for every comment; the log has who brought each of them. */
  private async tell(em: EntityManager, staff: StaffActor, { siteId, threadId }: Place, plan: PlanImport) {
    const entry = { siteId, actor: auditActor(staff) };
    await this.audit.record(em, [
      ...plan.comments.map(({ id, status, decidedBy, passageId }) => ({
        ...entry,
        action: 'comment.imported',
        subjectKind: 'comment',
        subjectId: id,
        codes: { status, decidedBy, passageId },
      })),
      {
        ...entry,
        action: 'thread.annotations-imported',
        subjectKind: 'thread',
        subjectId: threadId,
        codes: { imported: plan.imported.length, unchanged: plan.unchanged.length },
      },
    ]);
    const fact = { siteId, streamId: threadId, topic: 'comment.posted', fromStatus: 'none' };
    await this.outbox.append(
      em,
      plan.comments.map(({ id, status }) => ({ ...fact, subjectId: id, toStatus: status })),
    );
  }
}
