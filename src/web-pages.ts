import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Where the build puts the pages: dist/web, beside dist/src. */
const WEB_DIR = fileURLToPath(new URL('../web/', import.meta.url));

/** For the pages of others: the widget, and what it loads when it is needed. */
const EMBEDDED = ['embed.js', 'embed-inbox.js', 'embed-mentions.js', 'embed-newsletter.js', 'push-worker.js'];

const CSP = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self' ws: wss:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The demo article, the widget and the console, as built. Where they were not built (tests), these routes are missing. */
export async function registerPages(fastify: FastifyInstance, { demo }: { demo: boolean }): Promise<void> {
  if (!existsSync(WEB_DIR)) return;
  await fastify.register(fastifyStatic, { root: WEB_DIR, serve: false });
  const page = (name: string) => (_request: unknown, reply: FastifyReply) =>
    reply.header('content-security-policy', CSP).header('cache-control', 'no-cache').sendFile(name);
  if (demo) fastify.get('/', page('index.html'));
  fastify.get('/console', page('console.html'));
  for (const name of EMBEDDED) {
    fastify.get(`/${name}`, (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=300')
        .header('access-control-allow-origin', '*')
        .header('cross-origin-resource-policy', 'cross-origin')
        .sendFile(name, { cacheControl: false }),
    );
  }
  fastify.get<{ Params: { '*': string } }>('/assets/*', (request, reply) =>
    reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .sendFile(`assets/${request.params['*']}`, { cacheControl: false }),
  );
}
