import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Ip,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor, ReaderSession, requireReader, ResolveActor, type Actor } from '../identity/index.js';
import { JSON_TYPE } from '../platform/http/media-types.js';
import { PageParameters } from '../platform/http/page.request.js';
import { UuidParam } from '../platform/http/uuid-param.js';
import { CrossOrigin } from '../sites/index.js';
import { CommentInContext } from './comment-in-context.view.js';
import { CommentList, CommentView, VoteAnswerView } from './comment.view.js';
import { DeleteComment } from './delete-comment.js';
import {
  EditCommentRequest,
  ListCommentsQuery,
  PostCommentQuery,
  PostCommentRequest,
  VoteRequest,
} from './dto/comments.request.js';
import { EditComment } from './edit-comment.js';
import { PreviewView } from './finding.view.js';
import { idempotencyKey } from '../platform/http/idempotency-key.js';
import { ListComments } from './list-comments.js';
import { PageCache } from './page-cache.js';
import { anchorOf } from './passages/anchor.request.js';
import { PostAndFollow } from './post-and-follow.js';
import { PostComment } from './post-comment.js';
import { ReadComment } from './read-comment.js';
import { ThreadDirectory } from './thread-directory.js';
import { VoteOnComment } from './vote-on-comment.js';

@ApiTags('comments')
@Controller('api/v1')
export class CommentsController {
  constructor(
    private readonly directory: ThreadDirectory,
    private readonly pages: PageCache,
    private readonly listComments: ListComments,
    private readonly postComment: PostComment,
    private readonly postAndFollow: PostAndFollow,
    private readonly readComment: ReadComment,
    private readonly editComment: EditComment,
    private readonly deleteComment: DeleteComment,
    private readonly voteOnComment: VoteOnComment,
  ) {}

  /** Root comments of a thread, each with its first 3 replies. Pinned ones come first, on the first page only. */
  @Get('sites/:site/threads/:key/comments')
  @ApiOkResponse({ type: CommentList })
  async list(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @Query() query: ListCommentsQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { threadId } = await this.directory.find({ siteKey, threadKey });
    await this.pages.serve(request, reply, threadId, async () => ({
      contentType: JSON_TYPE,
      body: JSON.stringify(await this.listComments.roots(threadId, query)),
    }));
  }

  /** Posts a comment; the answer says what became of it. With `preview=true` nothing is stored and the answer is 200. */
  @Post('sites/:site/threads/:key/comments')
  @ApiBearerAuth('reader')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same request again makes no second comment.',
  })
  @ApiCreatedResponse({ type: CommentView, description: 'Stored; its status says what became of it' })
  @ApiOkResponse({ type: PreviewView, description: 'With `preview=true`' })
  async post(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @ReaderSession() sessionId: string,
    @CrossOrigin() origin: string | undefined,
    @Headers('idempotency-key') key: string | undefined,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Ip() ip: string,
    @Query() { preview }: PostCommentQuery,
    @Body() { body, parentId = null, passageId = null, anchor, notify, notifyEmail = null }: PostCommentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommentView | PreviewView> {
    const place = { parentId, passageId, anchor: anchor ? anchorOf(anchor) : null };
    const input = { siteKey, threadKey, sessionId, origin, body, ...place, idempotencyKey: idempotencyKey(key) };
    void reply.status(preview === 'true' ? 200 : 201);
    if (preview === 'true') return this.postComment.preview(input);
    return this.postAndFollow.run({ ...input, notify, notifyEmail, asker: { ip, acceptLanguage } });
  }

  /** One comment with its ancestors and thread: where a link to it leads. */
  @Get('comments/:id')
  @ApiSecurity({})
  @ApiBearerAuth('reader')
  @ApiBearerAuth('staff')
  @UseGuards(ResolveActor)
  async read(
    @UuidParam('id', 'comment') id: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommentInContext> {
    void reply.header('cache-control', actor.kind === 'anonymous' ? 'public, s-maxage=1' : 'private, no-store');
    void reply.header('vary', 'authorization, cookie');
    return this.readComment.run(actor, id);
  }

  /** What hangs under a comment, oldest first. */
  @Get('comments/:id/replies')
  @ApiOkResponse({ type: CommentList })
  async replies(
    @UuidParam('id', 'comment') id: string,
    @Query() query: PageParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const threadId = await this.readComment.threadOf(id);
    await this.pages.serve(request, reply, threadId, async () => ({
      contentType: JSON_TYPE,
      body: JSON.stringify(await this.listComments.replies(threadId, id, query)),
    }));
  }

  /** A new text, by its author, within the edit window. It is screened again. */
  @Patch('comments/:id')
  @ApiBearerAuth('reader')
  @UseGuards(ResolveActor)
  edit(
    @UuidParam('id', 'comment') commentId: string,
    @CurrentActor() actor: Actor,
    @CrossOrigin() origin: string | undefined,
    @Body() { body }: EditCommentRequest,
  ): Promise<CommentView> {
    return this.editComment.run(requireReader(actor), { commentId, body, origin });
  }

  /** Taken back by its author. What hangs below it stays. */
  @Delete('comments/:id')
  @ApiBearerAuth('reader')
  @HttpCode(204)
  @UseGuards(ResolveActor)
  delete(
    @UuidParam('id', 'comment') commentId: string,
    @CurrentActor() actor: Actor,
    @CrossOrigin() origin: string | undefined,
  ): Promise<void> {
    return this.deleteComment.run(requireReader(actor), commentId, origin);
  }

  /** One vote a reader and comment, changeable. */
  @Put('comments/:id/vote')
  @ApiBearerAuth('reader')
  @UseGuards(ResolveActor)
  vote(
    @UuidParam('id', 'comment') commentId: string,
    @CurrentActor() actor: Actor,
    @CrossOrigin() origin: string | undefined,
    @Body() { value }: VoteRequest,
  ): Promise<VoteAnswerView> {
    return this.voteOnComment.run(requireReader(actor), { commentId, value, origin });
  }
}
