import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { can, type Actor } from '../identity/index.js';
import { SiteCache } from '../sites/index.js';
import { commentStore } from './comment.store.js';
import type { CommentInContext } from './comment-in-context.view.js';
import { commentView, ownCommentView, publicView, type ListedView } from './comment.view.js';
import { ReadThread } from './read-thread.js';

/** One comment by its id: what a link to it leads to. */
@Injectable()
export class ReadComment {
  constructor(
    private readonly sites: SiteCache,
    private readonly unitOfWork: UnitOfWork,
    private readonly readThread: ReadThread,
  ) {}

  /** In which thread a comment is, whatever may be seen of it. @throws not-found */
  async threadOf(commentId: string): Promise<string> {
    const row = await commentStore.byId(this.unitOfWork.em, commentId);
    if (!row || !publicView(row)) throw notFound('comment');
    return row.threadId;
  }

  async run(actor: Actor, commentId: string): Promise<CommentInContext> {
    const { em } = this.unitOfWork;
    const row = await commentStore.byId(em, commentId);
    if (!row) throw notFound('comment');
    const site = await this.sites.siteById(row.siteId);
    const author = actor.kind === 'reader' && actor.readerId === row.readerId && row.status !== 'deleted';
    const { body: _body, ...withoutBody } = row;
    let comment: ListedView | undefined;
    if (author) comment = ownCommentView(row, site.settings.editWindowSeconds);
    else if (can(actor, 'comment.read', row.siteId)) comment = commentView(row);
    else comment = publicView(withoutBody);
    if (!comment) throw notFound('comment');
    const ancestors = await commentStore.ancestors(em, commentId);
    const { view } = await this.readThread.run(row.threadId);
    return { comment, ancestors: ancestors.flatMap((ancestor) => publicView(ancestor) ?? []), thread: view };
  }
}
