import { Body, Controller, Delete, Get, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, ResolveActor, type Actor } from '../../identity/index.js';
import { UuidParam } from '../../platform/http/uuid-param.js';
import { CancelDryRun } from './cancel-dry-run.js';
import { DryRunDetailView, DryRunListView } from './dry-run.view.js';
import { DryRunRequest, ListDryRunsQuery } from './dry-runs.request.js';
import { ReadDryRuns } from './read-dry-runs.js';
import { StartDryRun } from './start-dry-run.js';

@ApiTags('moderation')
@ApiBearerAuth('staff')
@UseGuards(ResolveActor)
@Controller('api/v1/moderation/rules/dry-runs')
export class DryRunsController {
  constructor(
    private readonly startDryRun: StartDryRun,
    private readonly readDryRuns: ReadDryRuns,
    private readonly cancelDryRun: CancelDryRun,
  ) {}

  /** Tries a rule on past comments, by a job: what it would have done, against what people did. Changes nothing. */
  @Post()
  @HttpCode(202)
  start(@CurrentActor() actor: Actor, @Body() body: DryRunRequest): Promise<DryRunDetailView> {
    return this.startDryRun.run(actor, body);
  }

  /** The dry-runs of a site, newest first. They are kept for 30 days. */
  @Get()
  list(@CurrentActor() actor: Actor, @Query() query: ListDryRunsQuery): Promise<DryRunListView> {
    return this.readDryRuns.list(actor, query);
  }

  /** How far it is, and what it found so far. */
  @Get(':id')
  read(@CurrentActor() actor: Actor, @UuidParam('id', 'dry-run') id: string): Promise<DryRunDetailView> {
    return this.readDryRuns.one(actor, id);
  }

  /** Ends a dry-run that is under way. */
  @Delete(':id')
  @HttpCode(204)
  cancel(@CurrentActor() actor: Actor, @UuidParam('id', 'dry-run') id: string): Promise<void> {
    return this.cancelDryRun.run(actor, id);
  }
}
