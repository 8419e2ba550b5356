import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isConnectionLoss, sqlState } from '../database/sql-state.js';
import { DomainError } from '../errors.js';
import { PROBLEM_TYPE, ProblemCodes, problem, problemOf, type Problem } from './problem.js';

const RETRY_AFTER_SECONDS = 2;
/** character_not_in_repertoire, untranslatable_character */
const NOT_STORABLE: ReadonlySet<string> = new Set(['22021', '22P05']);

/** Whatever is thrown, as the problem that goes out. Nothing of an unexpected error is told but that it happened. */
export function toProblem(error: unknown): Problem {
  if (error instanceof DomainError) return problemOf(error);
  if (isConnectionLoss(error))
    return problem(503, 'unavailable', 'The database does not answer. Try again in a moment.');
  if (NOT_STORABLE.has(sqlState(error) ?? '')) {
    return problem(400, 'malformed', 'The request holds a character that can not be stored, U+0000 for example.');
  }
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown }).statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    const detail = status === 415 ? 'Send the body as application/json.' : (error as Error).message;
    return problem(status, ProblemCodes.byStatus[status] ?? 'malformed', detail);
  }
  return problem(500, 'internal', 'Something went wrong here. It is logged under the id in the X-Request-Id header.');
}

/** The one place where errors become answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.send(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  send(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const answer: Problem = { ...toProblem(error), instance: request.url.split('?')[0] };
    if (answer.status === 500) {
      this.logger.error(
        { err: error, requestId: request.id },
        (error as Error | undefined)?.message ?? 'unknown error',
      );
    }
    if (answer.status === 503 || answer.status === 429) {
      void reply.header('retry-after', String(answer.retryAfter ?? RETRY_AFTER_SECONDS));
    }
    if (answer.status === 401) void reply.header('www-authenticate', 'Bearer');
    if (!reply.sent) void reply.status(answer.status).header('content-type', PROBLEM_TYPE).send(JSON.stringify(answer));
  }
}
