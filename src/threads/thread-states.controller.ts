import { Body, Controller, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, ResolveActor, type Actor } from '../identity/index.js';
import { UuidParam } from '../platform/http/uuid-param.js';
import { ThreadStateRequest } from './dto/thread-state.request.js';
import { SetThreadState } from './set-thread-state.js';
import { ThreadView } from './thread.view.js';

@ApiTags('moderation')
@ApiBearerAuth('staff')
@UseGuards(ResolveActor)
@Controller('api/v1/moderation/threads')
export class ThreadStatesController {
  constructor(private readonly setThreadState: SetThreadState) {}

  /** Closes, freezes or opens a thread. Opening one whose closing time has passed takes that time away. */
  @Put(':id/state')
  set(
    @CurrentActor() actor: Actor,
    @UuidParam('id', 'thread') threadId: string,
    @Body() { state }: ThreadStateRequest,
  ): Promise<ThreadView> {
    return this.setThreadState.run(actor, { threadId, state });
  }
}
