import { Parser } from '@asyncapi/parser';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { FastifyInstance } from 'fastify';
import { startApp, type App } from '../support/app.js';
import { committed, Schemas, type ApiDocument } from './documents.js';

describe('docs/api/openapi.json', () => {
  const document: ApiDocument = committed('openapi');

  it('is valid OpenAPI 3.1', async () => {
    expect(await new Validator().validate(committed<Record<string, unknown>>('openapi'))).toMatchObject({
      valid: true,
    });
  });

  it('has schemas that compile as JSON Schema 2020-12', () => {
    const schemas = new Schemas(document);
    const names = Object.keys(document.components.schemas);
    expect(names).toEqual(expect.arrayContaining(['CommentView', 'PlaceholderView', 'Problem', 'QueueItemView']));
    for (const name of names) expect(() => schemas.named(name, null)).not.toThrow();
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    for (const { schema } of operations.flatMap(({ parameters = [] }) => parameters)) {
      expect(() => schemas.problems(schema, null)).not.toThrow();
    }
  });

  it('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/(\w+)\/(\w+)"/g)];
    const missing = references.filter(([, , name = '']) => !(name in document.components.schemas));
    expect(missing).toEqual([]);
  });

  it('bounds the pages and cursors of every list, and says how long a page is unless one asks', () => {
    const lists = Object.values(document.paths).flatMap(({ get }) =>
      (get?.parameters ?? []).map((one) => ({ get, one })),
    );
    const of = (wanted: string) => lists.filter(({ one }) => one.name === wanted);
    expect(of('limit').length).toBeGreaterThan(10);
    for (const { get, one } of of('limit')) {
      expect([get?.operationId, one.schema]).toEqual([
        get?.operationId,
        { type: 'integer', minimum: 1, maximum: 100, default: expect.any(Number) as number },
      ]);
    }
    for (const { get, one } of of('cursor')) {
      expect([get?.operationId, one.schema]).toMatchObject([
        get?.operationId,
        { maxLength: expect.any(Number) as number },
      ]);
    }
  });

  it('says of each answer what it is, and of each mistake that it is a problem', () => {
    for (const item of Object.values(document.paths)) {
      for (const { operationId, responses } of Object.values(item)) {
        expect([operationId, Object.keys(responses['default']?.content ?? {})]).toEqual([
          operationId,
          ['application/problem+json'],
        ]);
        for (const [status, { content }] of Object.entries(responses)) {
          const schemas = Object.values(content ?? {}).map((media) => media.schema);
          expect([operationId, status, schemas.length]).toEqual([operationId, status, status === '204' ? 0 : 1]);
          // what the compiler plugin could not read comes out as a bare object
          expect([operationId, status, schemas]).not.toEqual([operationId, status, [{ type: 'object' }]]);
        }
      }
    }
  });
});

describe('docs/api/asyncapi.json', () => {
  it('is valid AsyncAPI 3', async () => {
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(committed<object>('asyncapi')));
    const worse = diagnostics.filter(({ severity }) => severity <= 1);
    expect(worse.map(({ message, path }) => `${path.join('.')}: ${message}`)).toEqual([]);
    expect(document?.version()).toMatch(/^3\./);
  });
});

describe('the routes of a running node', () => {
  let app: App;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  it('are those of the document, and no others', async () => {
    const fastify: FastifyInstance = app.node.app.getHttpAdapter().getInstance();
    const document: ApiDocument = committed('openapi');
    const documented = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(routesOf(fastify.printRoutes({ commonPrefix: false }), '/api/v1/').sort()).toEqual(documented.sort());
  });

  it('are read off the controllers at run time too', async () => {
    const { body } = await app.page('/api/openapi.json');
    const served = body as unknown as ApiDocument;
    expect(Object.keys(served.paths)).toEqual(Object.keys(committed('openapi').paths));
  });
});

/** Out of Fastify's drawing of its routes: four columns a level, methods in brackets. */
function routesOf(drawing: string, prefix: string): string[] {
  const above: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const [, indent = '', part, methods = ''] = /^([│├└─ ]*)(\S*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (part === undefined) return [];
    const level = indent.length / 4;
    above.length = Math.max(0, level - 1);
    above.push(part);
    const path = above.join('');
    if (!path.startsWith(prefix)) return [];
    return methods
      .split(', ')
      .filter((method) => method !== '' && method !== 'HEAD')
      .map((method) => `${method} ${path}`);
  });
}
