import type { OpenAPIObject } from '@nestjs/swagger';
import { FIELD_ERROR_SCHEMA, PROBLEM_SCHEMA } from './problem.schema.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Parameter = Exclude<NonNullable<Operation['parameters']>[number], { $ref: string }>;

/** Numbers of ours are whole but for these. */
const FRACTIONS: ReadonlySet<string> = new Set([
  'score',
  'priority',
  'oldestAgeSeconds',
  'p50',
  'p90',
  'precision',
  'recall',
]);
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const API = '/api/v1/';
const MEANING: Readonly<Record<string, string>> = { 200: 'Done', 201: 'Created', 204: 'Done; nothing to tell' };

/** What the generator can't know, or says in the words of OpenAPI 3.0. Changes the document and gives it back. */
export function refine(document: OpenAPIObject, notBuilt: readonly (readonly [string, string])[]): OpenAPIObject {
  for (const [method, path] of notBuilt) {
    if (path.startsWith(API)) addNotBuilt(document, method.toLowerCase() as 'get', path.replace(/:(\w+)/g, '{$1}'));
  }
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) if (item[method]) refineOperation(path, item[method]);
  }
  document.paths = Object.fromEntries(Object.entries(document.paths).sort(([a], [b]) => (a < b ? -1 : 1)));
  const schemas = { ...document.components?.schemas, Problem: PROBLEM_SCHEMA, FieldError: FIELD_ERROR_SCHEMA };
  const sorted = Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1));
  document.components = { ...document.components, schemas: Object.fromEntries(sorted) };
  visit(document.components.schemas, '');
  for (const item of Object.values(document.paths)) visit(item, '');
  return document;
}

function addNotBuilt(document: OpenAPIObject, method: (typeof METHODS)[number], path: string): void {
  document.paths[path] = {
    ...document.paths[path],
    [method]: {
      operationId: `NotBuilt.${method}${path.slice(API.length - 1).replace(/\W+(\w?)/g, (_, next: string) => next.toUpperCase())}`,
      summary: 'Not built yet.',
      tags: ['not built yet'],
      responses: {},
    },
  };
}

function refineOperation(path: string, operation: Operation): void {
  const parameters = (operation.parameters ?? []) as Parameter[];
  for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
    if (parameters.some((parameter) => parameter.in === 'path' && parameter.name === name)) continue;
    parameters.push({ name, in: 'path', required: true, schema: { type: 'string' } });
  }
  for (const parameter of parameters) {
    const schema = parameter.schema;
    if (schema && 'default' in schema) parameter.required = false;
  }
  operation.parameters = parameters;
  const notBuilt = operation.summary?.toLowerCase().includes('not built yet') ?? false;
  if (notBuilt) operation.responses = { 501: problemResponse('Not built yet') };
  for (const [status, response] of Object.entries(operation.responses)) {
    if (response && !('$ref' in response)) response.description ||= MEANING[status] ?? 'Done';
  }
  operation.responses['default'] = problemResponse('What went wrong, by its `code`: see docs/errors.md');
  // Whoever is signed in to the console in this browser may use its cookie instead.
  const { security } = operation;
  if (security?.some((way) => 'staff' in way)) operation.security = [...security, { staffCookie: [] }];
}

function problemResponse(description: string) {
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
}

/** `@MaxLength(255, { each: true })` on a query's list says it of the list. */
function moveToItems(schema: Record<string, unknown>): void {
  for (const key of ['minLength', 'maxLength', 'pattern']) {
    if (!(key in schema)) continue;
    schema.items = { ...(schema.items as object), [key]: schema[key] };
    delete schema[key];
  }
}

/** Whole numbers; what has a default need not be given; the compiler's order of a union's members is no order. */
function visit(node: unknown, name: string): void {
  if (typeof node !== 'object' || node === null) return;
  const schema = node as Record<string, unknown>;
  if (!FRACTIONS.has(name)) {
    if (schema.type === 'number') schema.type = 'integer';
    else if (Array.isArray(schema.type))
      schema.type = schema.type.map((type) => (type === 'number' ? 'integer' : type));
  }
  if (Array.isArray(schema.enum) && schema.enum.some((value) => typeof value === 'string')) {
    schema.enum = (schema.enum as (string | null)[]).toSorted((a, b) =>
      a === null ? 1 : b === null ? -1 : a < b ? -1 : 1,
    );
  }
  if (schema.type === 'array') moveToItems(schema);
  const { properties, required } = schema as { properties?: Record<string, object>; required?: string[] };
  if (properties && Array.isArray(required)) {
    schema.required = required.filter((key) => !('default' in (properties[key] ?? {})));
  }
  for (const [key, value] of Object.entries(schema)) visit(value, key);
}
