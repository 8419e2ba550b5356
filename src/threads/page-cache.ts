import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BoundedMap } from '../platform/bounded-map.js';
import { matches, Representation } from '../platform/http/representation.js';
import { Metrics } from '../platform/observability/metrics.js';
import { ThreadVersions } from './thread-versions.js';

const CACHE_BYTES = 128 * 1_024 * 1_024;
const USE_COUNTS_MS = 1_000;
const PUBLIC_HEADERS = {
  'cache-control': 'public, s-maxage=1',
  vary: 'accept-encoding',
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'etag, retry-after, x-request-id',
};

interface Cached {
  threadId: string;
  version: string;
  representation: Representation;
  validUntil: number;
  /** When the cache last counted a use, epoch milliseconds: once a second is enough to keep what is read. */
  usedAt: number;
}

export interface Rendered {
  contentType: string;
  body: string;
  headers?: Readonly<Record<string, string>>;
  /** Where time alone changes it. */
  validUntil?: Date | undefined;
}

/**
 * Public pages as bytes, by address, valid while the thread's version is. They are the same for every reader, so no
 * part of a request but its address and encoding may shape them. A page that is there and fresh is answered before
 * the framework has looked at the request.
 */
@Injectable()
export class PageCache {
  private readonly pages = new BoundedMap<string, Cached>(CACHE_BYTES, (cached) => cached.representation.size);
  private readonly rendering = new Map<string, Promise<Representation>>();
  private readonly hits;
  private readonly hit;
  /** Off for measuring what a page costs without it. */
  enabled = true;

  constructor(
    private readonly versions: ThreadVersions,
    metrics: Metrics,
  ) {
    this.hits = metrics.counter('postil_page_cache_total', 'Public pages served', ['outcome']);
    this.hit = this.hits.labels('hit');
  }

  /**
   * The quick way, for pages that are cached and fresh: bytes and headers as they stand. `headers` are those that every
   * answer has, name and value in turns.
   * @returns false where the request must go on
   */
  answer(request: IncomingMessage, response: ServerResponse, headers: () => readonly string[]): boolean {
    const address = request.url ?? '';
    const cached = request.method === 'GET' && this.enabled ? this.pages.peek(address) : undefined;
    const now = Date.now();
    if (!cached || cached.validUntil <= now) return false;
    if (this.versions.fresh(cached.threadId, now) !== cached.version) return false;
    const { rawHeaders } = request;
    if (headerOf(rawHeaders, 'if-none-match') !== undefined) return false;
    const { representation } = cached;
    const encoded = representation.ready(representation.encodingFor(headerOf(rawHeaders, 'accept-encoding')));
    if (!encoded) return false;
    if (now - cached.usedAt >= USE_COUNTS_MS) {
      cached.usedAt = now;
      this.pages.get(address);
    }
    response.writeHead(200, [...headers(), ...encoded.head]);
    // As a string it leaves in one piece with the head; as a buffer behind it, for 1 µs of 20 more.
    if (encoded.text === undefined) response.end(encoded.body);
    else response.end(encoded.text, 'latin1');
    this.hit.inc();
    return true;
  }

  /**
   * Serves the page at this address, rendering it where the cached one is out of date; one rendering for all who wait.
   * @param shapedBy names of the parameters that shape it, where a request may have others; else it may have no others
   */
  async serve(
    request: FastifyRequest,
    reply: FastifyReply,
    threadId: string,
    render: () => Promise<Rendered>,
    shapedBy?: readonly string[],
  ): Promise<void> {
    const address = addressOf(request.raw.url ?? '', shapedBy);
    const version = await this.versions.current(threadId);
    const cached = this.enabled ? this.pages.get(address) : undefined;
    const valid = cached?.threadId === threadId && cached.version === version && cached.validUntil > Date.now();
    let representation = valid ? cached.representation : undefined;
    this.hits.inc({ outcome: representation ? 'hit' : 'miss' });
    representation ??= await this.renderOnce(address, threadId, version, render);
    const encoding = representation.encodingFor(request.headers['accept-encoding']);
    send(request, reply, representation, encoding, await representation.encode(encoding));
  }

  private renderOnce(
    address: string,
    threadId: string,
    version: string,
    render: () => Promise<Rendered>,
  ): Promise<Representation> {
    const key = `${version} ${address}`;
    let rendering = this.enabled ? this.rendering.get(key) : undefined;
    if (!rendering) {
      // What is rendered was read after `version` was looked up, so it is that version or a newer one.
      rendering = render()
        .then(({ contentType, body, headers, validUntil }) => {
          const all = { ...PUBLIC_HEADERS, ...headers, 'content-type': contentType };
          const representation = new Representation(all, Buffer.from(body));
          if (this.enabled) {
            this.pages.set(address, {
              threadId,
              version,
              representation,
              validUntil: validUntil?.getTime() ?? Infinity,
              usedAt: Date.now(),
            });
          }
          return representation;
        })
        .finally(() => this.rendering.delete(key));
      this.rendering.set(key, rendering);
    }
    return rendering;
  }
}

/** What mails and other sites add to links makes no page of its own. */
function addressOf(url: string, shapedBy: readonly string[] | undefined): string {
  const [path = '', query] = url.split('?', 2);
  if (shapedBy === undefined || query === undefined) return url;
  const shaping = query.split('&').filter((part) => shapedBy.includes(part.split('=', 1)[0] ?? ''));
  return shaping.length > 0 ? `${path}?${shaping.join('&')}` : path;
}

/** Without the object that Node would make of all of them; of several the first. @param name in lower case */
function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const given = rawHeaders[at];
    if (given?.length === name.length && given.toLowerCase() === name) return rawHeaders[at + 1];
  }
  return undefined;
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  representation: Representation,
  encoding: string,
  { body, etag }: { body: Buffer; etag: string },
): void {
  void reply.headers(representation.headers).header('etag', etag);
  if (encoding !== 'identity') void reply.header('content-encoding', encoding);
  if (matches(request.headers['if-none-match'], etag)) void reply.status(304).send();
  else void reply.send(body);
}
