import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { OriginPolicy } from '../sites/index.js';
import { ANONYMOUS, type Actor } from './actor.js';
import { bearerToken, cookieToken } from './credentials.js';
import { crossSiteRequest, invalidToken } from './identity.errors.js';
import { resolveReaderSession } from './reader.store.js';
import { provenSameOrigin } from './same-origin.js';
import { ReaderTokens, StaffTokens } from './session-tokens.js';
import { StaffSessions } from './staff-sessions.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Who is behind a token. */
@Injectable()
export class ActorResolver {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly readerTokens: ReaderTokens,
    private readonly staffTokens: StaffTokens,
    private readonly staffSessions: StaffSessions,
    private readonly origins: OriginPolicy,
  ) {}

  /** At most one query; none for a token that was not signed here. @throws invalid-token */
  async resolve(token: string): Promise<Actor> {
    const staffSession = this.staffTokens.verify(token);
    if (staffSession !== undefined) return this.staff(staffSession);
    const readerSession = this.readerTokens.verify(token);
    if (readerSession !== undefined) return this.reader(readerSession);
    throw invalidToken();
  }

  /**
   * By bearer token or else by cookie. A browser sends the cookie whoever asks, so what changes something must come
   * from a page of this server.
   * @throws invalid-token, cross-site-request
   */
  async ofRequest(method: string, headers: IncomingHttpHeaders): Promise<Actor> {
    const bearer = bearerToken(headers);
    if (bearer !== undefined) return this.resolve(bearer);
    const cookie = cookieToken(headers);
    if (cookie === undefined) return ANONYMOUS;
    if (!SAFE_METHODS.has(method) && !provenSameOrigin(headers, this.origins)) throw crossSiteRequest();
    return this.resolve(cookie);
  }

  /** Called where a staff session may have ended, or a role be another: what was resolved may not hold any more. */
  onStaffChanged(listener: () => void): void {
    this.staffSessions.onChanged(listener);
  }

  private async staff(sessionId: string): Promise<Actor> {
    const staff = await this.staffSessions.find(sessionId);
    if (!staff) throw invalidToken();
    return staff;
  }

  private async reader(sessionId: string): Promise<Actor> {
    const session = await resolveReaderSession(this.unitOfWork.em, sessionId);
    if (!session) throw invalidToken();
    return { ...session, sanctions: session.sanctions ?? [], kind: 'reader', sessionId };
  }
}
