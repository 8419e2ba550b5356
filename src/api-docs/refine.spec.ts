import type { OpenAPIObject } from '@nestjs/swagger';
import { refine } from './refine.js';

const response = { 200: { description: '', content: {} } };

function documentOf(paths: object, schemas: object = {}): OpenAPIObject {
  return { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, components: { schemas } } as OpenAPIObject;
}

describe('refine', () => {
  it('makes numbers whole but for those that are not', () => {
    const properties = { seq: { type: 'number' }, score: { type: 'number' }, after: { type: ['number', 'null'] } };
    const { components } = refine(documentOf({}, { A: { type: 'object', properties } }), []);
    expect(components?.schemas?.['A']).toMatchObject({
      properties: { seq: { type: 'integer' }, score: { type: 'number' }, after: { type: ['integer', 'null'] } },
    });
  });

  it('asks for nothing that has a default', () => {
    const body = { type: 'object', properties: { limit: { default: 10 }, queue: {} }, required: ['limit', 'queue'] };
    const limit = { name: 'limit', in: 'query', required: true, schema: { type: 'number', default: 20 } };
    const paths = { '/a': { get: { parameters: [limit], responses: { ...response } } } };
    const document = refine(documentOf(paths, { Body: body }), []);
    expect(document.components?.schemas?.['Body']).toMatchObject({ required: ['queue'] });
    expect(document.paths['/a']?.get?.parameters).toMatchObject([{ name: 'limit', required: false }]);
  });

  it('says of a list’s items what is said of each', () => {
    const list = { type: 'array', maxLength: 255, maxItems: 9, items: { type: 'string' } };
    const { components } = refine(documentOf({}, { A: { type: 'object', properties: { list } } }), []);
    const items = { type: 'string', maxLength: 255 };
    expect(components?.schemas?.['A']).toEqual({
      type: 'object',
      properties: { list: { type: 'array', maxItems: 9, items } },
    });
  });

  it('names what the path names, and answers each mistake with a problem', () => {
    const { paths } = refine(documentOf({ '/a/{id}': { delete: { responses: { ...response } } } }), []);
    const operation = paths['/a/{id}']?.delete;
    expect(operation?.parameters).toMatchObject([{ name: 'id', in: 'path', required: true }]);
    expect(Object.keys(operation?.responses.default ?? {})).toEqual(['description', 'content']);
    expect(operation?.responses[200]).toMatchObject({ description: 'Done' });
  });

  it('lists what is not built yet, as far as it belongs to the API', () => {
    const { paths } = refine(documentOf({}), [
      ['POST', '/api/v1/comments/:id/reports'],
      ['GET', '/dev/mail'],
    ]);
    expect(Object.keys(paths)).toEqual(['/api/v1/comments/{id}/reports']);
    expect(Object.keys(paths['/api/v1/comments/{id}/reports']?.post?.responses ?? {})).toEqual(['501', 'default']);
  });

  it('lets the console’s cookie stand for the staff’s token', () => {
    const shared = [{ staff: [] }];
    const operation = () => ({ security: shared, responses: { ...response } });
    const { paths } = refine(documentOf({ '/a': { get: operation(), put: operation() } }), []);
    expect(paths['/a']?.put?.security).toEqual([{ staff: [] }, { staffCookie: [] }]);
  });
});
