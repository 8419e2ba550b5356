import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, ResolveActor, type Actor } from '../../identity/index.js';
import { ReadStats } from './read-stats.js';
import { StatsQuery } from './stats.request.js';
import { StatsView } from './stats.view.js';

@ApiTags('moderation')
@ApiBearerAuth('staff')
@UseGuards(ResolveActor)
@Controller('api/v1/moderation/stats')
export class StatsController {
  constructor(private readonly readStats: ReadStats) {}

  /** Queues, people, rules and reports in a period. */
  @Get()
  read(@CurrentActor() actor: Actor, @Query() query: StatsQuery): Promise<StatsView> {
    return this.readStats.run(actor, query);
  }
}
