import { Injectable } from '@nestjs/common';
import type { CommentView } from './comment.view.js';
import { PostComment, type PostInput } from './post-comment.js';
import { ThreadDirectory } from './thread-directory.js';
import { ThreadSubscriptions, type Asker, type Notify } from './thread-subscriptions.js';

export interface PostAndFollowInput extends PostInput {
  notify: Notify;
  notifyEmail: string | null;
  asker: Asker;
}

/**
 * Posts a comment, and takes down what its author wants to be told of. In two transactions, the second one before the
 * answer: most posts ask for nothing and pay nothing. Whoever got no answer sends the post again, by its
 * `Idempotency-Key`, and asks again with it.
 */
@Injectable()
export class PostAndFollow {
  constructor(
    private readonly postComment: PostComment,
    private readonly directory: ThreadDirectory,
    private readonly subscriptions: ThreadSubscriptions,
  ) {}

  async run({ notify, notifyEmail, asker, ...post }: PostAndFollowInput): Promise<CommentView> {
    const comment = await this.postComment.run(post);
    if (notify === 'none') return comment;
    const { site, threadId } = await this.directory.find(post);
    const { id: commentId, author } = comment;
    const wish = { siteId: site.id, threadId, commentId, readerId: author.id, notify, email: notifyEmail, asker };
    await this.subscriptions.ask(wish);
    return comment;
  }
}
