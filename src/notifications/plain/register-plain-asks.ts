import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HTML_TYPE } from '../../platform/http/media-types.js';
import { PAGE_HEADERS, renderPage, type Page } from '../preferences/page-shell.js';
import type { PlainAsks, PlainRequest } from './plain-asks.js';
import { PLAIN_ASKS } from './plain-forms.js';

/** Of a form with one address. */
const BODY_LIMIT_BYTES = 4_096;

interface Place {
  Params: { site: string; key: string };
}

/** Where the forms of plain pages are sent, beside the controllers: no other route takes what forms send. */
export async function registerPlainAsks(
  fastify: FastifyInstance,
  asks: PlainAsks,
  { publicUrl }: { publicUrl: string },
): Promise<void> {
  await fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES },
      (_request, body, parsed) => parsed(null, new URLSearchParams(body as string)),
    );
    for (const ask of PLAIN_ASKS) {
      const url = `/t/:site/:key/${ask}`;
      scope.post<Place>(url, async (request, reply) => send(reply, await asks.run(ask, asked(request, publicUrl))));
      // Whoever comes back to the answer's address finds the form.
      scope.get<Place>(url, (request, reply) => reply.redirect(pathOf(request), 302));
    }
    done();
  });
}

function asked(request: FastifyRequest<Place>, publicUrl: string): PlainRequest {
  const { site, key } = request.params;
  const path = pathOf(request);
  return {
    siteKey: site,
    threadKey: key,
    path,
    url: `${publicUrl}${path}`,
    form: request.body instanceof URLSearchParams ? request.body : new URLSearchParams(),
    ip: request.ip,
    acceptLanguage: request.headers['accept-language'],
  };
}

function pathOf({ params }: FastifyRequest<Place>): string {
  return `/t/${encodeURIComponent(params.site)}/${encodeURIComponent(params.key)}`;
}

function send(reply: FastifyReply, page: Page): FastifyReply {
  return reply.status(page.status).headers(PAGE_HEADERS).type(HTML_TYPE).send(renderPage(page));
}
