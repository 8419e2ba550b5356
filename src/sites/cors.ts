import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { crossOrigin } from './origin.js';
import type { OriginPolicy } from './origin-policy.js';
import type { SiteCache } from './site-cache.js';
import { originNotPermitted } from './sites.errors.js';

const API = '/api/v1/';
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const REQUEST_HEADERS = 'authorization, content-type, idempotency-key, if-none-match';
const EXPOSED_HEADERS = 'etag, retry-after, x-request-id';
const PREFLIGHT_SECONDS = '600';
const SITE_PATH = /^\/api\/v1\/sites\/([^/?]+)/;

interface CorsDependencies {
  sites: SiteCache;
  origins: OriginPolicy;
}

/**
 * Cross-origin rules of the API: anyone may read, pages of permitted origins may write, cookies never travel.
 * To be called before the routes are made ready.
 */
export function registerCors(fastify: FastifyInstance, dependencies: CorsDependencies): void {
  // With a callback: reads, which are most of all requests, wait for no promise here.
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.url.startsWith(API)) return done();
    if (READS.has(request.method)) {
      allow(reply, '*');
      return done();
    }
    if (request.method === 'OPTIONS') preflight(dependencies, request, reply).catch(done);
    else guardWrite(dependencies, request, reply).then(() => done(), done);
  });
}

async function guardWrite(dependencies: CorsDependencies, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  void reply.header('vary', 'Origin');
  const origin = crossOrigin(request.headers);
  if (origin === undefined) return;
  if (!(await mayWrite(dependencies, request.url, origin))) throw originNotPermitted();
  allow(reply, origin);
}

async function preflight(dependencies: CorsDependencies, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  void reply.header('vary', 'Origin, Access-Control-Request-Method');
  const { origin, 'access-control-request-method': method } = request.headers;
  if (origin !== undefined && method !== undefined) {
    const reads = READS.has(method);
    if (reads || (await mayWrite(dependencies, request.url, origin))) {
      allow(reply, reads ? '*' : origin)
        .header('access-control-allow-methods', METHODS)
        .header('access-control-allow-headers', REQUEST_HEADERS)
        .header('access-control-max-age', PREFLIGHT_SECONDS);
    }
  }
  await reply.status(204).send();
}

function allow(reply: FastifyReply, origin: string): FastifyReply {
  return reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', EXPOSED_HEADERS);
}

/** Where the path names a site, that one decides; elsewhere the site is known only to the handler, which asks again. */
async function mayWrite({ sites, origins }: CorsDependencies, url: string, origin: string): Promise<boolean> {
  const key = siteKeyIn(url);
  if (key === undefined) return origins.permitsSomewhere(origin);
  const site = await sites.find(key);
  return site ? origins.permits(site, origin) : origins.permitsSomewhere(origin);
}

function siteKeyIn(url: string): string | undefined {
  const encoded = SITE_PATH.exec(url)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    // The router refuses such a path itself.
    return undefined;
  }
}
