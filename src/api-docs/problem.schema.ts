import type { OpenAPIObject } from '@nestjs/swagger';

type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** A field of the request that is wrong. */
export const FIELD_ERROR_SCHEMA: Schema = {
  type: 'object',
  properties: {
    pointer: { type: 'string', description: 'JSON pointer into the body, or `?name` for a parameter' },
    detail: { type: 'string' },
  },
  required: ['pointer', 'detail'],
};

/** RFC 9457, as `platform/http` sends it. */
export const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  description: 'RFC 9457',
  properties: {
    type: { type: 'string', format: 'uri', description: '`urn:postil:problem:` and the code' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; what it means stands in docs/errors.md' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'The path that was asked' },
    errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } },
    retryAfter: { type: 'integer', description: 'Seconds' },
  },
  required: ['type', 'title', 'status', 'code'],
};
