import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { registerApiDocs } from './api-docs/index.js';
import { AppModule } from './app.module.js';
import { SocketAdapter } from './live/index.js';
import {
  MailPages,
  PlainAsks,
  registerMailEvents,
  registerMailPages,
  registerPlainAsks,
  TakeMailEvent,
} from './notifications/index.js';
import { registerNotBuilt } from './not-built.js';
import { notFound } from './platform/errors.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { validation } from './platform/http/validation.js';
import { Lifecycle } from './platform/lifecycle.js';
import { QuietLogger } from './platform/observability/quiet-logger.js';
import { Metrics } from './platform/observability/metrics.js';
import type { RuntimeConfig } from './platform/tokens.js';
import { OriginPolicy, registerCors, SiteCache } from './sites/index.js';
import { PageCache } from './threads/index.js';
import { registerPages } from './web-pages.js';

const BODY_LIMIT_BYTES = 1_048_576;
const MAX_PARAMETER_LENGTH = 2_048;
const DRAIN_MS = 10_000;

/** A node's HTTP side, not yet listening. */
export async function createApp(config: RuntimeConfig): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    genReqId: newRequestId,
    forceCloseConnections: 'idle',
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      new ProblemFilter().send(error, request, reply),
  });
  const fastify: FastifyInstance = adapter.getInstance();
  // How W3C Web Annotations are sent. To everything else it is JSON like any other.
  fastify.addContentTypeParser(
    'application/ld+json',
    { parseAs: 'string' },
    fastify.getDefaultJsonParser('error', 'error'),
  );
  const inFlight = countRequests(fastify);

  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config), adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(QuietLogger));
  app.useGlobalPipes(validation());
  app.useGlobalFilters(new ProblemFilter());
  observe(fastify, app.get(Metrics));
  if (config.role === 'worker') serveHealthOnly(fastify);
  registerCors(fastify, { sites: app.get(SiteCache), origins: app.get(OriginPolicy) });
  app.useWebSocketAdapter(new SocketAdapter(app));
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    const headers = everyAnswer(request.id);
    for (let at = 0; at + 1 < headers.length; at += 2) void reply.header(headers[at] ?? '', headers[at + 1]);
    done();
  });
  await app.init();
  // Bodies that a form of any other page can send: Nest and Fastify take them unless told not to.
  fastify.removeContentTypeParser(['application/x-www-form-urlencoded', 'text/plain']);
  // After Nest, whose error handler routes take when they are made: what goes wrong here is a problem too.
  registerNotBuilt(fastify);
  await registerMailPages(fastify, app.get(MailPages));
  await registerPlainAsks(fastify, app.get(PlainAsks), config);
  await registerMailEvents(fastify, app.get(TakeMailEvent));
  registerApiDocs(app, fastify);
  await registerPages(fastify, { demo: config.demo });

  const lifecycle = app.get(Lifecycle);
  answerPagesFirst(app.getHttpServer(), app.get(PageCache), lifecycle);
  lifecycle.onShutdown('accepting', () => {
    app.getHttpServer().close();
    app.getHttpServer().closeIdleConnections();
  });
  lifecycle.onShutdown('draining', async () => {
    await inFlight.none(DRAIN_MS);
    // One that was opened and never used, as browsers do to be quick, is not "idle" to Node: it would be waited for, for a minute.
    app.getHttpServer().closeAllConnections();
  });
  lifecycle.onShutdown('pool', () => app.close());
  return app;
}

const NODE_ID = randomBytes(8).toString('hex');
let requests = 0;

/** Unique whichever node gave it, and cheaper than a random one for each, which cached pages would feel. */
function newRequestId(): string {
  requests += 1;
  return `${NODE_ID}-${requests.toString(36)}`;
}

/** The headers of every answer, name and value in turns. */
function everyAnswer(requestId: string): string[] {
  return ['x-request-id', requestId, 'x-content-type-options', 'nosniff'];
}

/** Cached pages need neither router nor middleware. Once the node stops, the framework ends each connection. */
function answerPagesFirst(server: Server, pages: PageCache, lifecycle: Lifecycle): void {
  const others = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse & { req: IncomingMessage }) => {
    if (lifecycle.ready && pages.answer(request, response, () => everyAnswer(newRequestId()))) return;
    for (const listener of others) listener.call(server, request, response);
  });
}

/** How many requests are being answered, and a wait until none is. */
function countRequests(fastify: FastifyInstance): { none(withinMs: number): Promise<void> } {
  let count = 0;
  let waiter: (() => void) | undefined;
  fastify.addHook('onRequest', (_request, _reply, done) => {
    count++;
    done();
  });
  fastify.addHook('onResponse', (_request, _reply, done) => {
    count--;
    if (count === 0) waiter?.();
    done();
  });
  return {
    async none(withinMs) {
      if (count === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        waiter = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}

const HEALTH = new Set(['/healthz', '/readyz', '/metrics']);

/** A worker is asked how it is, and nothing else. */
function serveHealthOnly(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const path = request.url.split('?')[0] ?? '';
    done(HEALTH.has(path) ? undefined : notFound('route on a worker'));
  });
}

function observe(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    metrics.requests.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1_000,
    );
    done();
  });
}
