import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, ResolveActor, type Actor } from '../../identity/index.js';
import { SearchComments } from './search-comments.js';
import { SearchQuery } from './search.request.js';
import { SearchedCommentListView } from './searched-comment.view.js';

@ApiTags('moderation')
@ApiBearerAuth('staff')
@UseGuards(ResolveActor)
@Controller('api/v1/moderation/comments')
export class SearchController {
  constructor(private readonly searchComments: SearchComments) {}

  /** Comments of my sites, newest first. A page may be short although more follow: `nextCursor` says so. */
  @Get()
  search(
    @CurrentActor() actor: Actor,
    @Query() { site: siteKey, thread: threadKey, ...rest }: SearchQuery,
  ): Promise<SearchedCommentListView> {
    return this.searchComments.run(actor, { siteKey, threadKey, ...rest });
  }
}
