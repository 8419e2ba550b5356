import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, requireReader, ResolveActor, type Actor } from '../../identity/index.js';
import { UuidParam } from '../../platform/http/uuid-param.js';
import { CrossOrigin } from '../../sites/index.js';
import { AcknowledgeWarning } from './acknowledge-warning.js';

@ApiTags('readers')
@Controller('api/v1/me/warnings')
export class WarningsController {
  constructor(private readonly acknowledgeWarning: AcknowledgeWarning) {}

  /** Says that a warning was read, so that the reader may write again. */
  @Post(':id/acknowledge')
  @ApiBearerAuth('reader')
  @HttpCode(204)
  @UseGuards(ResolveActor)
  acknowledge(
    @UuidParam('id', 'warning') id: string,
    @CurrentActor() actor: Actor,
    @CrossOrigin() origin: string | undefined,
  ): Promise<void> {
    return this.acknowledgeWarning.run(requireReader(actor), { id, origin });
  }
}
