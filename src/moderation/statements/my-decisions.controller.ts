import { Controller, Get, Headers, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { CurrentActor, requireReader, ResolveActor, type Actor } from '../../identity/index.js';
import { MyDecisions } from './my-decisions.js';
import { StatementListView } from './statement.view.js';
import { MyDecisionsQuery } from './statements.request.js';
import { languageOf } from './texts/language.js';

@ApiTags('statements')
@ApiBearerAuth('reader')
@UseGuards(ResolveActor)
@Controller('api/v1/me/decisions')
export class MyDecisionsController {
  constructor(private readonly myDecisions: MyDecisions) {}

  /** Statements of reasons: what was done to my comments and to me, and why, newest first. */
  @Get()
  @ApiHeader({ name: 'Accept-Language', required: false, description: 'Of `words`: en, de, fr or es.' })
  list(
    @CurrentActor() actor: Actor,
    @Query() query: MyDecisionsQuery,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<StatementListView> {
    return this.myDecisions.run(requireReader(actor), { ...query, language: languageOf(accepted) });
  }
}
