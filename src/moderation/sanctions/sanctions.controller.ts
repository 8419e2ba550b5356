import { Body, Controller, Delete, Get, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, ResolveActor, type Actor } from '../../identity/index.js';
import { UuidParam } from '../../platform/http/uuid-param.js';
import { LiftRequest, SanctionRequest } from './dto/sanctions.request.js';
import { JobView } from './job.view.js';
import { LiftSanction } from './lift-sanction.js';
import { PlaceSanction } from './place-sanction.js';
import { ReadJob } from './read-job.js';
import { ReaderDetail } from './reader-detail.js';
import { ReaderDetailView } from './reader-detail.view.js';
import { SanctionAnswerView, SanctionView } from './sanction.view.js';

@ApiTags('moderation')
@ApiBearerAuth('staff')
@UseGuards(ResolveActor)
@Controller('api/v1/moderation')
export class SanctionsController {
  constructor(
    private readonly detail: ReaderDetail,
    private readonly placeSanction: PlaceSanction,
    private readonly liftSanction: LiftSanction,
    private readonly readJob: ReadJob,
  ) {}

  /** A reader's record, sanctions and strikes, what they propose, and who may be the same person. */
  @Get('readers/:id')
  reader(@CurrentActor() actor: Actor, @UuidParam('id', 'reader') id: string): Promise<ReaderDetailView> {
    return this.detail.run(actor, id);
  }

  /** Warns, premoderates, suspends or bans a reader. Longer suspensions, and bans, take an admin. */
  @Post('readers/:id/sanctions')
  place(
    @CurrentActor() actor: Actor,
    @UuidParam('id', 'reader') readerId: string,
    @Body() body: SanctionRequest,
  ): Promise<SanctionAnswerView> {
    return this.placeSanction.run(actor, { ...body, readerId });
  }

  /** Takes a sanction back. Whoever may place it may. */
  @Delete('sanctions/:id')
  lift(
    @CurrentActor() actor: Actor,
    @UuidParam('id', 'sanction') sanctionId: string,
    @Body() body: LiftRequest,
  ): Promise<SanctionView> {
    return this.liftSanction.run(actor, { ...body, sanctionId });
  }

  /** How far ordered work is. */
  @Get('jobs/:id')
  job(@CurrentActor() actor: Actor, @UuidParam('id', 'job') id: string): Promise<JobView> {
    return this.readJob.run(actor, id);
  }
}
