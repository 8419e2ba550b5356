import {
  createParamDecorator,
  Injectable,
  type CanActivate,
  type ExecutionContext,
  type PipeTransform,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from './actor.js';
import { ActorResolver } from './actor-resolver.js';
import { bearerToken } from './credentials.js';
import { invalidToken, unauthenticated } from './identity.errors.js';
import { ReaderTokens } from './session-tokens.js';

const actors = new WeakMap<FastifyRequest, Actor>();

/** Finds out who asks, for `@CurrentActor()`. Refuses nobody but who sends a token that does not hold. */
@Injectable()
export class ResolveActor implements CanActivate {
  constructor(private readonly resolver: ActorResolver) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    actors.set(request, await this.resolver.ofRequest(request.method, request.headers));
    return true;
  }
}

/** Who asks; needs the guard `ResolveActor` on the route. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const actor = actors.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!actor) throw new Error('@CurrentActor() needs the guard ResolveActor');
  return actor;
});

@Injectable()
export class VerifyReaderToken implements PipeTransform<string | undefined, string> {
  constructor(private readonly tokens: ReaderTokens) {}

  transform(token: string | undefined): string {
    if (token === undefined) throw unauthenticated('This needs a reader session. Start one.');
    const sessionId = this.tokens.verify(token);
    if (sessionId === undefined) throw invalidToken();
    return sessionId;
  }
}

const BearerToken = createParamDecorator((_data: unknown, context: ExecutionContext): string | undefined =>
  bearerToken(context.switchToHttp().getRequest<FastifyRequest>().headers),
);

/**
 * The id of the reader session whose token came along: signed here, but whether it still lasts is not looked up. For
 * statements that join the session themselves.
 */
export const ReaderSession = (): ParameterDecorator => BearerToken(VerifyReaderToken);
