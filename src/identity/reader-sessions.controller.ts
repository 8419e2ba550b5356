import { Body, Controller, Delete, HttpCode, Ip, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ReaderSession } from './current-actor.js';
import { ReaderSessionView } from './dto/reader-session.view.js';
import { StartReaderSessionRequest } from './dto/start-reader-session.request.js';
import { EndReaderSession } from './end-reader-session.js';
import { StartReaderSession } from './start-reader-session.js';

@ApiTags('readers')
@Controller('api/v1/sites/:site/sessions')
export class ReaderSessionsController {
  constructor(
    private readonly startSession: StartReaderSession,
    private readonly endSession: EndReaderSession,
  ) {}

  /** Starts a guest's session by a name. */
  @Post()
  start(
    @Param('site') site: string,
    @Body() body: StartReaderSessionRequest,
    @Ip() ip: string,
  ): Promise<ReaderSessionView> {
    return this.startSession.run({ ...body, site, ip });
  }

  /** Ends the session whose token comes along. */
  @Delete()
  @HttpCode(204)
  @ApiBearerAuth('reader')
  end(@Param('site') site: string, @ReaderSession() sessionId: string): Promise<void> {
    return this.endSession.run(sessionId, site);
  }
}
