import { Body, Controller, Get, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { UuidParam } from '../../platform/http/uuid-param.js';
import { CurrentActor, ResolveActor, type Actor } from '../../identity/index.js';
import { AppealDetailView } from './appeal-detail.view.js';
import { AppealListView, AppealView } from './appeal.view.js';
import { AppealsQuery, OutcomeRequest } from './appeals.request.js';
import { DecideAppeal } from './decide-appeal.js';
import { ListAppeals } from './list-appeals.js';
import { ReadAppeal } from './read-appeal.js';

@ApiTags('moderation')
@ApiBearerAuth('staff')
@UseGuards(ResolveActor)
@Controller('api/v1/moderation/appeals')
export class AppealsController {
  constructor(
    private readonly listAppeals: ListAppeals,
    private readonly readAppeal: ReadAppeal,
    private readonly decideAppeal: DecideAppeal,
  ) {}

  /** Appeals of readers, decided ones too, newest first. Those that wait, oldest first, are the queue `appeals`. */
  @Get()
  list(@CurrentActor() actor: Actor, @Query() query: AppealsQuery): Promise<AppealListView> {
    return this.listAppeals.run(actor, query);
  }

  /** All that there is to judge an appeal by. */
  @Get(':id')
  read(@CurrentActor() actor: Actor, @UuidParam('id', 'appeal') id: string): Promise<AppealDetailView> {
    return this.readAppeal.run(actor, id);
  }

  /** Upholds or overturns. By nobody who took the decision, unless the site has nobody else. */
  @Post(':id/outcome')
  @HttpCode(200)
  decide(
    @CurrentActor() actor: Actor,
    @UuidParam('id', 'appeal') appealId: string,
    @Body() body: OutcomeRequest,
  ): Promise<AppealView> {
    return this.decideAppeal.run(actor, { ...body, appealId });
  }
}
