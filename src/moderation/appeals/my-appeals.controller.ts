import { Body, Controller, Get, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { UuidParam } from '../../platform/http/uuid-param.js';
import { CurrentActor, requireReader, ResolveActor, type Actor } from '../../identity/index.js';
import { CrossOrigin } from '../../sites/index.js';
import { MyAppealListView, MyAppealView } from './appeal.view.js';
import { AppealRequest, MyAppealsQuery } from './appeals.request.js';
import { MyAppeals } from './my-appeals.js';
import { OpenAppeal } from './open-appeal.js';

@ApiTags('appeals')
@ApiBearerAuth('reader')
@UseGuards(ResolveActor)
@Controller('api/v1/me')
export class MyAppealsController {
  constructor(
    private readonly openAppeal: OpenAppeal,
    private readonly myAppeals: MyAppeals,
  ) {}

  /** Appeals a decision on a comment of mine, or a sanction, once. Whoever is suspended or banned may too. */
  @Post('decisions/:id/appeal')
  open(
    @UuidParam('id', 'decision') decisionId: string,
    @CurrentActor() actor: Actor,
    @CrossOrigin() origin: string | undefined,
    @Body() { text }: AppealRequest,
  ): Promise<MyAppealView> {
    return this.openAppeal.run(requireReader(actor), { decisionId, text, origin });
  }

  /** What I appealed and what came of it, newest first. */
  @Get('appeals')
  mine(@CurrentActor() actor: Actor, @Query() query: MyAppealsQuery): Promise<MyAppealListView> {
    return this.myAppeals.run(requireReader(actor), query);
  }
}
