import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { STAFF_COOKIE } from '../identity/index.js';
import { NOT_BUILT } from '../not-built.js';
import { refine } from './refine.js';

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
    .addTag('not built yet', 'Named by the contract; they answer 501')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The token of a reader session' }, 'reader')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The token of a staff session' }, 'staff')
    .addCookieAuth(STAFF_COOKIE, { type: 'apiKey', in: 'cookie', description: 'The console’s session' }, 'staffCookie')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  return refine(document, NOT_BUILT);
}
