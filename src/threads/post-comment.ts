import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { newId } from '../platform/new-id.js';
import { BoundedMap } from '../platform/bounded-map.js';
import { violates } from '../platform/database/sql-state.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { Outbox } from '../platform/stream/outbox.js';
import { assertMayWrite, ReaderStandings, refusalToWrite } from '../identity/index.js';
import { forAuthor } from '../screening/index.js';
import { OriginPolicy, type SiteRow } from '../sites/index.js';
import { statusOfVerdict } from './comment-status.js';
import { commentStore } from './comment.store.js';
import { ownCommentView, type CommentView } from './comment.view.js';
import type { PreviewView } from './finding.view.js';
import type { Anchor } from './passages/anchor.js';
import { passageNotFound, questionClosed } from './passages/passages.errors.js';
import { checkNamedPassage, targetOfPost, writeOnTarget, type Target } from './passages/target-of-post.js';
import { digestOf } from './post-digest.js';
import {
  MAX_STORED_DEPTH,
  forgetKey,
  priorPost,
  type ModerationMode,
  type NewComment,
  type PostOutcome,
} from './post.store.js';
import { PostWriter } from './post-writer.js';
import { bodyOf } from './body-of.js';
import { hintsOf } from './screening/hints.js';
import { ScreeningDesk, type Desk } from './screening/screening-desk.js';
import type { ReadBody } from './text/read-body.js';
import { ThreadDirectory, type ThreadAddress } from './thread-directory.js';
import { threadStore } from './thread.store.js';
import { keyReused, parentNotFound, requestInProgress, sessionOver, threadNotOpen, tooDeep } from './threads.errors.js';

export interface PostInput extends ThreadAddress {
  sessionId: string;
  origin: string | undefined;
  body: string;
  parentId: string | null;
  passageId: string | null;
  anchor: Anchor | null;
  idempotencyKey: string | null;
}

/** What the statement may have to be tried again for: mode, premoderation, and a key used at the same moment. */
const ATTEMPTS = 4;
const LOCK_GONE_WITHIN_MS = 32;

@Injectable()
export class PostComment {
  /** The mode a thread last had, so that the first try is nearly always right. */
  private readonly modes = new BoundedMap<string, ModerationMode>(10_000);

  constructor(
    private readonly directory: ThreadDirectory,
    private readonly origins: OriginPolicy,
    private readonly unitOfWork: UnitOfWork,
    private readonly writer: PostWriter,
    private readonly outbox: Outbox,
    private readonly standings: ReaderStandings,
    private readonly screening: ScreeningDesk,
  ) {}

  async run(input: PostInput): Promise<CommentView> {
    const { site, threadId, text } = await this.read(input);
    const desk = await this.screening.open(site, text, { action: 'NEW', ...input, threadId, body: text.body });
    const made = await this.madeBefore(input, site, threadId, desk);
    if (made) return made;
    const target = await targetOfPost(this.unitOfWork.em, threadId, input);
    const id = newId();
    // Nearly nobody is; the statement tells who is, and for them it runs twice.
    let premoderated = false;
    for (let attempt = 1; ; attempt++) {
      const mode = this.modes.get(threadId) ?? site.settings.moderationMode;
      const { verdict, findings } = await desk.judgeWithOthers(termsOf(mode, premoderated));
      const status = statusOfVerdict(verdict);
      const decidedBy = status === 'rejected' ? 'rule' : 'none';
      const sanction = premoderated ? 'premoderate' : undefined;
      const { digest } = desk;
      const judged = { id, threadId, mode, sanction, status, decidedBy, findings, digest } as const;
      const outcome = await this.write(input, site, text, target, judged);
      if (outcome?.createdAt) {
        this.outbox.written();
        const view = outcome.passageId
          ? await this.stored(site, id)
          : this.view(input, site, text, { ...outcome, createdAt: outcome.createdAt }, id, status);
        return { ...view, ...hintsOf(status, findings) };
      }
      const prior = outcome && (await this.prior(input, site, outcome));
      if (prior) return prior;
      const refusal = outcome ? refused(outcome, input) : notFound('thread');
      if (refusal || attempt === ATTEMPTS) throw refusal ?? requestInProgress();
      if (outcome) this.modes.set(threadId, outcome.mode);
      premoderated = outcome?.sanctions != null;
    }
  }

  /** What would be said of the text, and how it would look. Stores nothing. */
  async preview(input: PostInput): Promise<PreviewView> {
    const { site, threadId, text } = await this.read(input);
    const target = await targetOfPost(this.unitOfWork.em, threadId, input);
    await checkNamedPassage(this.unitOfWork.em, threadId, target, input.sessionId);
    const sanctions = await this.standings.ofSession(this.unitOfWork.em, input.sessionId);
    assertMayWrite({ sanctions });
    const thread = await threadStore.byId(this.unitOfWork.em, threadId);
    const mode = thread?.moderationMode ?? site.settings.moderationMode;
    const desk = await this.screening.open(site, text, { action: 'NEW', ...input, threadId, body: text.body });
    // No service of others is asked: the text is not theirs to read before it is posted.
    const { verdict, findings } = desk.judge({
      ...termsOf(mode, sanctions.length > 0),
      ...(thread ? { threadState: thread.state } : {}),
    });
    return { html: text.html, verdict, findings: forAuthor(findings) };
  }

  private async read(input: PostInput): Promise<{ site: SiteRow; threadId: string; text: ReadBody }> {
    const { site, threadId } = await this.directory.find(input);
    this.origins.assertPermitted(site, input.origin);
    return { site, threadId, text: bodyOf(input.body, site.settings.maxLength) };
  }

  private async write(
    input: PostInput,
    site: SiteRow,
    text: ReadBody,
    target: Target,
    judged: Pick<NewComment, 'id' | 'threadId' | 'mode' | 'sanction' | 'status' | 'decidedBy' | 'findings' | 'digest'>,
  ): Promise<PostOutcome | undefined> {
    const { sessionId, parentId, idempotencyKey: key } = input;
    const { body, html } = text;
    const idempotency = key === null ? null : { key, requestDigest: digestOf(input) };
    const siteMode = site.settings.moderationMode;
    const thread = { siteId: site.id, threadId: judged.threadId };
    const write = () =>
      writeOnTarget(this.unitOfWork, thread, target, (em, passage) =>
        this.writer.write({ ...judged, sessionId, parentId, passage, siteMode, body, html, idempotency }, em),
      );
    try {
      return await write();
    } catch (error) {
      if (!violates(error, 'post_keys_once')) throw error;
      // The key was used since this statement's snapshot was taken, or more than a day ago.
      await forgetKey(this.unitOfWork.em, input.idempotencyKey ?? '');
      // A client hears of a failed statement a moment before the server lets go of its locks: that on the key too.
      for (let pause = 1; ; pause *= 2) {
        const outcome = await write();
        if (outcome?.keyFree !== false || pause > LOCK_GONE_WITHIN_MS) return outcome;
        await delay(pause);
      }
    }
  }

  /** The same request again: the comment it made, as it is now. */
  private async prior(
    input: PostInput,
    site: SiteRow,
    { priorId, priorDigest }: Pick<PostOutcome, 'priorId' | 'priorDigest'>,
  ): Promise<CommentView | undefined> {
    if (priorId === null) return undefined;
    if (!priorDigest?.equals(digestOf(input))) throw keyReused();
    return this.stored(site, priorId);
  }

  /**
   * Words that were marked may be gone when the request comes again; what it made is there all the same. And services of
   * others are not asked again about what is there already.
   */
  private async madeBefore(
    input: PostInput,
    site: SiteRow,
    threadId: string,
    { asksOthers }: Desk,
  ): Promise<CommentView | undefined> {
    const { anchor, sessionId, idempotencyKey } = input;
    if ((!anchor && !asksOthers) || idempotencyKey === null) return undefined;
    const made = await priorPost(this.unitOfWork.em, sessionId, threadId, idempotencyKey);
    return made && this.prior(input, site, made);
  }

  private async stored(site: SiteRow, id: string): Promise<CommentView> {
    const row = await commentStore.byId(this.unitOfWork.em, id);
    if (!row) throw notFound('comment');
    return ownCommentView(row, site.settings.editWindowSeconds);
  }

  private view(
    input: PostInput,
    site: SiteRow,
    text: ReadBody,
    outcome: PostOutcome & { createdAt: Date },
    id: string,
    status: CommentView['status'],
  ): CommentView {
    return ownCommentView(
      {
        id,
        threadKey: input.threadKey,
        siteId: site.id,
        threadId: outcome.threadId,
        parentId: input.parentId,
        listParentId: null,
        depth: outcome.depth,
        readerId: outcome.readerId ?? '',
        authorName: outcome.authorName ?? '',
        status,
        html: text.html,
        body: text.body,
        createdAt: outcome.createdAt,
        editedAt: null,
        revision: 1,
        pinned: false,
        passageId: null,
        quote: null,
        up: 0,
        down: 0,
        replyCount: 0,
        listedPublished: false,
        listedPinned: false,
        descendantCount: 0,
      },
      site.settings.editWindowSeconds,
    );
  }
}

/** What screening goes by, beside the text. */
function termsOf(moderationMode: ModerationMode, premoderated: boolean) {
  return { moderationMode, standing: premoderated ? 'premoderated' : 'good' } as const;
}

/** Why nothing was written, or undefined where trying again may help. */
function refused(outcome: PostOutcome, input: PostInput): Error | undefined {
  if (outcome.readerId === null) return sessionOver();
  if (!outcome.keyFree) return requestInProgress();
  const sanctioned = refusalToWrite(outcome.sanctions);
  if (sanctioned) return sanctioned;
  if (outcome.state !== 'open') return threadNotOpen(outcome.state);
  if (input.parentId !== null && outcome.parentStatus !== 'published') return parentNotFound();
  if (outcome.passageShown === false) return passageNotFound();
  if (outcome.passageClosed) return questionClosed();
  if (outcome.depth > MAX_STORED_DEPTH) return tooDeep(MAX_STORED_DEPTH);
  return undefined;
}
