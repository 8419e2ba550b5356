import { Body, Controller, Get, Header, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NoticeOutcomeView, NoticeReceiptView } from './notice.view.js';
import { NoticeRequest } from './notices.request.js';
import { ReadNotice } from './read-notice.js';
import { SendNotice } from './send-notice.js';

@ApiTags('notices')
@Controller('api/v1')
export class NoticesController {
  constructor(
    private readonly sendNotice: SendNotice,
    private readonly readNotice: ReadNotice,
  ) {}

  /** Notice of illegal content, by anybody: no session. The answer is the receipt. */
  @Post('sites/:site/notices')
  send(
    @Param('site') siteKey: string,
    @Body() { commentId, law, explanation, contact = null, category }: NoticeRequest,
  ): Promise<NoticeReceiptView> {
    return this.sendNotice.run({ siteKey, commentId: commentId.toLowerCase(), law, explanation, contact, category });
  }

  /** What came of a notice. */
  @Get('notices/:receipt')
  @Header('cache-control', 'private, no-store')
  read(@Param('receipt') receipt: string): Promise<NoticeOutcomeView> {
    return this.readNotice.run(receipt);
  }
}
