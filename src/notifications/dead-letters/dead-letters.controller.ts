import { Controller, Get, Header, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, ResolveActor, type Actor } from '../../identity/index.js';
import { UuidParam } from '../../platform/http/uuid-param.js';
import { MailEventSecretView } from '../mail-events/mail-event-secret.view.js';
import { ReadMailEventSecret } from '../mail-events/read-mail-event-secret.js';
import { DeadLetterListView } from './dead-letter.view.js';
import { DeadLettersQuery } from './dead-letters.request.js';
import { ListDeadLetters } from './list-dead-letters.js';
import { ResendMail } from './resend-mail.js';

@ApiTags('mails')
@ApiBearerAuth('staff')
@Controller('api/v1')
@UseGuards(ResolveActor)
export class DeadLettersController {
  constructor(
    private readonly listDeadLetters: ListDeadLetters,
    private readonly resendMail: ResendMail,
    private readonly readMailEventSecret: ReadMailEventSecret,
  ) {}

  /** Mails that failed, or of which nobody knows whether they arrived, newest first. */
  @Get('sites/:site/mails')
  @Header('cache-control', 'private, no-store')
  list(
    @Param('site') siteKey: string,
    @CurrentActor() actor: Actor,
    @Query() query: DeadLettersQuery,
  ): Promise<DeadLetterListView> {
    return this.listDeadLetters.run(actor, { siteKey, ...query });
  }

  /** Sends one of them again. What it says, and whether it is still to be sent, is read anew. */
  @Post('mails/:id/resend')
  @HttpCode(204)
  resend(@UuidParam('id', 'mail') id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.resendMail.run(actor, id);
  }

  /** For owners: what a mail provider signs `POST /sites/{site}/mail-events` with, to report bounces and complaints. */
  @Get('sites/:site/mail-events/secret')
  @Header('cache-control', 'private, no-store')
  secret(@Param('site') siteKey: string, @CurrentActor() actor: Actor): Promise<MailEventSecretView> {
    return this.readMailEventSecret.run(actor, siteKey);
  }
}
