import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { write } from '../../platform/database/write.js';
import { notFound } from '../../platform/errors.js';
import { newId } from '../../platform/new-id.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { ReaderStandings, type ReaderActor } from '../../identity/index.js';
import { OriginPolicy, SiteCache } from '../../sites/index.js';
import { CommentStates } from '../../threads/index.js';
import { sanctionStore } from '../sanctions/sanction.store.js';
import { appealListStore } from './appeal-list.store.js';
import { appealStore, type NewAppeal } from './appeal.store.js';
import { appealTexts, neededText } from './appeal-texts.js';
import { myAppealView, type MyAppealView } from './appeal.view.js';
import { refusalOf, type Challenged } from './appealable.js';
import { alreadyAppealed } from './appeals.errors.js';

export interface AppealInput {
  /** Of a decision on a comment, or of a sanction. */
  decisionId: string;
  text: string;
  origin: string | undefined;
}

type Found = Omit<NewAppeal, 'id' | 'readerId'> & Challenged;

/**
 * A reader challenges what was decided on a comment or on himself or herself, once. Whoever is suspended or banned may
 * too: this is the way back.
 */
@Injectable()
export class OpenAppeal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly origins: OriginPolicy,
    private readonly states: CommentStates,
    private readonly standings: ReaderStandings,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async run(reader: ReaderActor, { decisionId, text: raw, origin }: AppealInput): Promise<MyAppealView> {
    const site = await this.sites.siteById(reader.siteId);
    this.origins.assertPermitted(site, origin);
    const text = neededText(raw, '/text');
    const view = await this.unitOfWork.run(async (em) => {
      const found = await this.find(em, reader, decisionId);
      if (!found) throw notFound('decision');
      const prior = await appealStore.prior(em, decisionId, found.commentId);
      if (prior) throw alreadyAppealed(prior);
      const refusal = refusalOf(found, site.settings.appealDays);
      if (refusal) throw refusal;
      const appeal = { ...found, id: newId(), readerId: reader.readerId };
      await this.open(em, appeal, text);
      const [row] = await appealListStore.byIds(em, null, [appeal.id]);
      if (!row) throw notFound('appeal');
      return myAppealView(row);
    });
    this.outbox.written();
    return view;
  }

  private async find(em: EntityManager, reader: ReaderActor, id: string): Promise<Found | undefined> {
    return (await this.decision(em, reader, id)) ?? (await this.sanction(em, reader, id));
  }

  /** Under the comment's lock: no other decision, and no other appeal, comes between. */
  private async decision(em: EntityManager, { readerId }: ReaderActor, id: string): Promise<Found | undefined> {
    const seen = await appealStore.decision(em, id);
    if (seen?.readerId !== readerId) return undefined;
    await this.states.lock(em, [seen.commentId]);
    const decision = await appealStore.decision(em, id);
    return decision && { ...decision, decisionId: id, sanctionId: null };
  }

  /** Under the reader's lock, which whoever lifts a sanction holds. */
  private async sanction(em: EntityManager, { readerId }: ReaderActor, id: string): Promise<Found | undefined> {
    await this.standings.lock(em, [readerId]);
    const [sanction] = await sanctionStore.byIds(em, [id]);
    if (sanction?.readerId !== readerId) return undefined;
    const { siteId, staffId, ageDays, liftedAt } = sanction;
    const noComment = { decisionId: null, commentId: null, threadId: null, revision: null, toStatus: null };
    return { ...noComment, siteId, staffId, sanctionId: id, stands: liftedAt === null, ageDays };
  }

  private async open(em: EntityManager, appeal: NewAppeal, text: string): Promise<void> {
    const { id, siteId, readerId, decisionId, sanctionId, commentId, revision } = appeal;
    const texts = appealTexts(appeal, { appeal: text });
    const about = commentId === null ? { sanctionId } : { decisionId, revision };
    const data = commentId === null ? { sanctionId } : { commentId, decisionId };
    await write(em, [
      appealStore.inserting(appeal),
      ...texts.writes,
      this.outbox.appending([{ siteId, streamId: null, subjectId: id, topic: 'appeal.opened', data }]),
      this.audit.recording([
        {
          siteId,
          actor: { kind: 'reader', id: readerId },
          action: 'appeal.opened',
          subjectKind: commentId === null ? 'reader' : 'comment',
          subjectId: commentId ?? readerId,
          codes: { appealId: id, ...about, ...texts.codes },
        },
      ]),
    ]);
  }
}
