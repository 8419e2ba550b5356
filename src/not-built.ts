import type { FastifyInstance } from 'fastify';
import { notBuilt } from './platform/errors.js';
import { ProblemFilter } from './platform/http/problem.filter.js';

/** Routes of the contract whose feature is not built yet. They answer 501 with a problem; a test knows each of them. */
export const NOT_BUILT: readonly (readonly [method: string, path: string])[] = [
  ['POST', '/api/v1/sites/:site/sessions/sso'],
  ['GET', '/api/v1/me/export'],
  ['DELETE', '/api/v1/me'],
];

export function registerNotBuilt(fastify: FastifyInstance): void {
  for (const [method, url] of NOT_BUILT) {
    fastify.route({
      method,
      url,
      handler: (request, reply) => new ProblemFilter().send(notBuilt(`${method} ${url}`), request, reply),
    });
  }
}
