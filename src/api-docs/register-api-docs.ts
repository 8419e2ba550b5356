import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HTML_TYPE, JSON_TYPE } from '../platform/http/media-types.js';
import { matches, Representation } from '../platform/http/representation.js';
import { createAsyncApi } from './asyncapi.js';
import { DOCS_CSP, DOCS_PAGE, DOCS_SCRIPT } from './docs-page.js';
import { createOpenApi } from './openapi.js';

const SCRIPT_TYPE = 'text/javascript; charset=utf-8';
const STYLE_TYPE = 'text/css; charset=utf-8';
const MINUTE = { 'cache-control': 'public, max-age=60' };
const OPEN = { ...MINUTE, 'access-control-allow-origin': '*' };

/** Swagger UI's own files, from its package: nothing is fetched from elsewhere. */
const SWAGGER_UI = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** The interface described: for machines, and as a page for people. Each is made when it is first asked for. */
export function registerApiDocs(app: INestApplication, fastify: FastifyInstance): void {
  const openApi = once(() => createOpenApi(app));
  const json = (document: object) => Buffer.from(JSON.stringify(document));
  const asset = (name: string) => readFile(join(SWAGGER_UI, name));

  serve(fastify, '/api/openapi.json', JSON_TYPE, OPEN, () => json(openApi()));
  serve(fastify, '/api/asyncapi.json', JSON_TYPE, OPEN, () => json(createAsyncApi(openApi())));
  serve(fastify, '/api/docs', HTML_TYPE, { 'content-security-policy': DOCS_CSP }, () => Buffer.from(DOCS_PAGE));
  serve(fastify, '/api/docs/start.js', SCRIPT_TYPE, MINUTE, () => Buffer.from(DOCS_SCRIPT));
  serve(fastify, '/api/docs/swagger-ui.js', SCRIPT_TYPE, MINUTE, () => asset('swagger-ui-bundle.js'));
  serve(fastify, '/api/docs/swagger-ui.css', STYLE_TYPE, MINUTE, () => asset('swagger-ui.css'));
}

function serve(
  fastify: FastifyInstance,
  url: string,
  contentType: string,
  headers: Record<string, string>,
  make: () => Buffer | Promise<Buffer>,
): void {
  const all = { 'content-type': contentType, vary: 'accept-encoding', ...headers };
  const representation = once(async () => new Representation(all, await make()));
  fastify.get(url, async (request, reply) => answer(request, reply, await representation()));
}

async function answer(request: FastifyRequest, reply: FastifyReply, made: Representation): Promise<FastifyReply> {
  const encoding = made.encodingFor(request.headers['accept-encoding']);
  const { body, etag } = await made.encode(encoding);
  reply.headers(made.headers).header('etag', etag);
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return matches(request.headers['if-none-match'], etag) ? reply.status(304).send() : reply.send(body);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
