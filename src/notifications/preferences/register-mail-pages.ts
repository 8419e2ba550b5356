import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HTML_TYPE } from '../../platform/http/media-types.js';
import type { MailPages, PageRequest } from './mail-pages.js';
import { PAGE_HEADERS, renderPage, type Page } from './page-shell.js';

type Names = 'confirm' | 'unsubscribe' | 'preferences';
const PAGES: readonly Names[] = ['confirm', 'unsubscribe', 'preferences'];
/** Of a form; a mail program's one-click body has 26 bytes. */
const BODY_LIMIT_BYTES = 16_384;
const FORM_TYPE = 'application/x-www-form-urlencoded';

/**
 * The pages, beside the controllers: forms and mail programs send bodies that no other route takes, and whoever takes
 * such bodies can be called by forms of any other server. Here the token in the address decides, and no cookie counts.
 */
export async function registerMailPages(fastify: FastifyInstance, pages: MailPages): Promise<void> {
  await fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      FORM_TYPE,
      { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES },
      (_request, body, parsed) => parsed(null, new URLSearchParams(body as string)),
    );
    // Multipart, or none of a form's types at all: read, so that the connection can go on, and not looked at.
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES }, (_request, _body, parsed) =>
      parsed(null, undefined),
    );
    for (const name of PAGES) {
      scope.route<{ Params: { token: string } }>({
        method: ['GET', 'HEAD', 'POST'],
        url: `/${name}/:token`,
        handler: async (request, reply) => send(reply, await pages[name](pageRequest(request))),
      });
    }
    done();
  });
}

function pageRequest(request: FastifyRequest<{ Params: { token: string } }>): PageRequest {
  return {
    token: request.params.token,
    acts: request.method === 'POST',
    form: request.body instanceof URLSearchParams ? request.body : new URLSearchParams(),
    ip: request.ip,
    acceptLanguage: request.headers['accept-language'],
  };
}

function send(reply: FastifyReply, page: Page): FastifyReply {
  return reply.status(page.status).headers(PAGE_HEADERS).type(HTML_TYPE).send(renderPage(page));
}
