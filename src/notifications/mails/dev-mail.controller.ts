import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { isUuid } from '../../platform/http/cursor.js';
import { HTML_TYPE } from '../../platform/http/media-types.js';
import { keptMailStore } from '../../platform/mail/kept-mail.store.js';
import { CONFIG, type RuntimeConfig } from '../../platform/tokens.js';
import { DEV_MAIL_CSP, DEV_MAIL_FRAME_CSP, devMailList, devMailPage } from './dev-mail.page.js';

const SHOWN = 200;

/** What mails would have gone out. In development only: they hold the links by which people confirm and unsubscribe. */
@ApiExcludeController()
@Controller('dev/mail')
export class DevMailController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {}

  @Get()
  async list(@Res() reply: FastifyReply): Promise<void> {
    this.assertDevelopment();
    await this.send(reply, devMailList(await keptMailStore.newest(this.unitOfWork.em, SHOWN)), DEV_MAIL_CSP);
  }

  @Get(':id')
  async one(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.send(reply, devMailPage(await this.kept(id)), DEV_MAIL_CSP);
  }

  @Get(':id/html')
  async html(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.send(reply, (await this.kept(id)).html, DEV_MAIL_FRAME_CSP);
  }

  private async kept(id: string) {
    this.assertDevelopment();
    const mail = isUuid(id) ? await keptMailStore.byId(this.unitOfWork.em, id) : undefined;
    if (!mail) throw notFound('mail');
    return mail;
  }

  private assertDevelopment(): void {
    if (this.config.production || this.config.smtpUrl !== undefined) throw notFound('route here');
  }

  private async send(reply: FastifyReply, body: string, csp: string): Promise<void> {
    await reply
      .header('content-security-policy', csp)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .type(HTML_TYPE)
      .send(body);
  }
}
