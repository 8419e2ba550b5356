import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { Outbox } from '../platform/stream/outbox.js';
import { assertMayWrite, ReaderStandings, type ReaderActor } from '../identity/index.js';
import { OriginPolicy, SiteCache, type SiteRow } from '../sites/index.js';
import { bodyOf } from './body-of.js';
import { isHeldByRule, statusAfterEdit } from './comment-status.js';
import { commentStore } from './comment.store.js';
import { ownCommentView, type CommentView } from './comment.view.js';
import { hintsOf } from './screening/hints.js';
import { ScreeningDesk, type Desk } from './screening/screening-desk.js';
import type { ReadBody } from './text/read-body.js';
import { editWindowOver, notEditable, threadNotOpen } from './threads.errors.js';

export interface EditInput {
  commentId: string;
  body: string;
  origin: string | undefined;
}

/** A new revision by its author, screened again: it can send a published comment back to a queue. */
@Injectable()
export class EditComment {
  constructor(
    private readonly sites: SiteCache,
    private readonly origins: OriginPolicy,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly standings: ReaderStandings,
    private readonly screening: ScreeningDesk,
  ) {}

  async run(actor: ReaderActor, input: EditInput): Promise<CommentView> {
    const site = await this.sites.siteById(actor.siteId);
    this.origins.assertPermitted(site, input.origin);
    const text = bodyOf(input.body, site.settings.maxLength);
    const desk = await this.open(actor, site, input.commentId, text);
    let hints = {};
    const view = await this.unitOfWork.run(async (em) => {
      const [locked] = await commentStore.lock(em, [input.commentId]);
      if (!locked || locked.readerId !== actor.readerId || locked.status === 'deleted') throw notFound('comment');
      if (locked.threadState === 'frozen') throw threadNotOpen('frozen');
      if (locked.ageSeconds > site.settings.editWindowSeconds) throw editWindowOver(site.settings.editWindowSeconds);
      // Once more, under the lock: what a sanction rejects along with it must not be published behind its back.
      const sanctions = await this.standings.ofSession(em, actor.sessionId);
      assertMayWrite({ sanctions });
      const standing = sanctions.length > 0 ? 'premoderated' : 'good';
      const mode = locked.threadMode ?? site.settings.moderationMode;
      const { verdict, findings } = desk.judge({ moderationMode: mode, standing, threadState: locked.threadState });
      const status = statusAfterEdit(locked.status, verdict, locked.decidedBy);
      if (status === undefined) throw notEditable(locked.status);
      const current = await commentStore.byId(em, locked.id);
      if (current && current.body !== text.body) {
        const held = isHeldByRule(locked.status, locked.decidedBy);
        const decidedBy = status === 'rejected' || held ? 'rule' : 'none';
        const { digest } = desk;
        await commentStore.addRevision(em, locked.id, { ...text, findings, digest, status, decidedBy });
        hints = hintsOf(status, findings);
        await this.outbox.append(em, [
          {
            siteId: locked.siteId,
            streamId: locked.threadId,
            subjectId: locked.id,
            topic: 'comment.edited',
            fromStatus: locked.status,
            toStatus: status,
            data: { revision: locked.revision + 1, fromDecidedBy: locked.decidedBy, fromDecisionId: locked.decisionId },
          },
        ]);
      }
      return commentStore.byId(em, locked.id);
    });
    this.outbox.written();
    if (!view) throw notFound('comment');
    return { ...ownCommentView(view, site.settings.editWindowSeconds), ...hints };
  }

  /** Before the lock: what history and services of others say. Whether it may be edited at all is asked again under it. */
  private async open(actor: ReaderActor, site: SiteRow, commentId: string, text: ReadBody): Promise<Desk> {
    const { em } = this.unitOfWork;
    const comment = await commentStore.byId(em, commentId);
    if (!comment || comment.readerId !== actor.readerId || comment.status === 'deleted') throw notFound('comment');
    const { threadId, parentId, createdAt, status, body } = comment;
    const { sessionId } = actor;
    const desk = await this.screening.open(site, text, {
      action: 'EDIT',
      sessionId,
      threadId,
      parentId,
      commentId,
      body: text.body,
    });
    const open = Date.now() - createdAt.getTime() <= site.settings.editWindowSeconds * 1_000;
    if (desk.asksOthers && open && body !== text.body && (status === 'pending' || status === 'published')) {
      await desk.judgeWithOthers({ moderationMode: site.settings.moderationMode });
    }
    return desk;
  }
}
