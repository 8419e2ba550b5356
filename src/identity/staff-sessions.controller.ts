import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type RuntimeConfig } from '../platform/tokens.js';
import { OriginPolicy } from '../sites/index.js';
import type { Actor } from './actor.js';
import { staffCookie } from './credentials.js';
import { CurrentActor, ResolveActor } from './current-actor.js';
import { CurrentStaffSession } from './current-staff-session.js';
import { SignInRequest } from './dto/sign-in.request.js';
import { StaffAnswerView, StaffSessionView } from './dto/staff.view.js';
import { crossSiteRequest } from './identity.errors.js';
import { saidCrossOrigin } from './same-origin.js';
import { SignIn, STAFF_SESSION_SECONDS } from './sign-in.js';

@ApiTags('staff')
@Controller('api/v1/staff/sessions')
export class StaffSessionsController {
  private readonly secure: boolean;

  constructor(
    private readonly signIn: SignIn,
    private readonly currentSession: CurrentStaffSession,
    private readonly origins: OriginPolicy,
    @Inject(CONFIG) config: RuntimeConfig,
  ) {
    this.secure = config.publicUrl.startsWith('https:');
  }

  /** Signs in: the token in the answer, and the same in a cookie for the console. */
  @Post()
  async start(
    @Body() body: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StaffSessionView> {
    // Another page must not be able to sign a browser in as somebody of its choice.
    if (saidCrossOrigin(request.headers, this.origins)) throw crossSiteRequest();
    const session = await this.signIn.run(body);
    void reply.header('set-cookie', staffCookie(session.token, STAFF_SESSION_SECONDS, this.secure));
    return session;
  }

  /** Who am I. */
  @Get('current')
  @UseGuards(ResolveActor)
  @ApiBearerAuth('staff')
  read(@CurrentActor() actor: Actor): Promise<StaffAnswerView> {
    return this.currentSession.read(actor);
  }

  /** Signs out. */
  @Delete('current')
  @HttpCode(204)
  @UseGuards(ResolveActor)
  @ApiBearerAuth('staff')
  async end(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.currentSession.end(actor);
    void reply.header('set-cookie', staffCookie('', 0, this.secure));
  }
}
