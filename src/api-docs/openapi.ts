import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { STAFF_COOKIE } from '../identity/index.js';
import { NOT_BUILT } from '../not-built.js';
import { BESIDE_CONTROLLERS } from './beside-controllers.js';
import { refine } from './refine.js';
import { WEBHOOK_MESSAGES } from './webhook-messages.js';

const DESCRIPTION = `Comments and moderation for news articles.

Public reads need no sign-in and answer any origin; writes are checked against the site's permitted origins. Times are
UTC in ISO 8601, ids are UUIDs, cursors are opaque. Whatever goes wrong is \`application/problem+json\` (RFC 9457).

What pages learn live is described in [/api/asyncapi.json](/api/asyncapi.json).`;

/**
 * The HTTP interface as OpenAPI 3.1: read off the controllers, with the descriptions and types that the compiler
 * plugin adds in the build. Under Jest, without the plugin, schemas have no properties.
 */
export function createOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Postil')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addTag('sites', 'Publishers’ properties and their settings')
    .addTag('readers', 'Who comments')
    .addTag('threads', 'The conversations of articles')
    .addTag('comments', 'Posting, reading, editing, voting')
    .addTag('inline feedback', 'Texts of articles, and the passages that comments hang on')
    .addTag('interchange', 'Inline feedback as W3C Web Annotations')
    .addTag('staff', 'Who moderates')
    .addTag('moderation', 'Queues, claims, decisions, the log')
    .addTag('subscriptions', 'Who wants to be told of what in a thread')
    .addTag('mailing lists', 'The newsletter box, and who said yes to what')
    .addTag('mails', 'What did not go out, and what mail providers report')
    .addTag('webhooks', 'Telling the servers of others')
    .addTag('not built yet', 'Named by the contract; they answer 501')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The token of a reader session' }, 'reader')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The token of a staff session' }, 'staff')
    .addCookieAuth(STAFF_COOKIE, { type: 'apiKey', in: 'cookie', description: 'The console’s session' }, 'staffCookie')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  document.paths = { ...document.paths, ...structuredClone(BESIDE_CONTROLLERS) };
  return { ...refine(document, NOT_BUILT), webhooks: WEBHOOK_MESSAGES } as OpenAPIObject;
}
