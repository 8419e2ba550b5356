import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TakeMailEvent } from './take-mail-event.js';

const BODY_LIMIT_BYTES = 65_536;

/** Beside the controllers: what is signed is the body as it came, byte by byte, and not what a parser makes of it. */
export async function registerMailEvents(fastify: FastifyInstance, takeMailEvent: TakeMailEvent): Promise<void> {
  await fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.post<{ Params: { site: string } }>('/api/v1/sites/:site/mail-events', async (request, reply) => {
      const header = (name: string) => headerOf(request, name);
      await takeMailEvent.run(request.params.site, {
        id: header('webhook-id'),
        timestamp: header('webhook-timestamp'),
        signature: header('webhook-signature'),
        body: typeof request.body === 'string' ? request.body : '',
      });
      return reply.status(204).send();
    });
    done();
  });
}

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
