import { readFileSync } from 'node:fs';
import { Ajv2020, type AnySchemaObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Json = Record<string, unknown>;

export interface Operation {
  operationId: string;
  parameters?: { name: string; schema: AnySchemaObject }[];
  tags?: string[];
  responses: Record<string, { content?: Record<string, { schema: AnySchemaObject }> }>;
}

export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
}

/** A document as it stands in the repository; CI checks that it is what the code generates. */
export function committed<T = ApiDocument>(name: 'openapi' | 'asyncapi'): T {
  return JSON.parse(readFileSync(`docs/api/${name}.json`, 'utf8')) as T;
}

/** Says of payloads whether they are what the document says, with not a field more. */
export class Schemas {
  private readonly ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(document: { components: { schemas: Record<string, Json> } }) {
    addFormats.default(this.ajv);
    this.ajv.addVocabulary(['components']);
    const schemas = Object.fromEntries(
      Object.entries(document.components.schemas).map(([name, schema]) => [name, closed(schema)]),
    );
    this.ajv.addSchema({ $id: 'api', components: { schemas } });
  }

  /** What is wrong, or undefined. Throws where the schema itself is. */
  problems(schema: AnySchemaObject, value: unknown): string | undefined {
    const key = JSON.stringify(schema);
    let validate = this.compiled.get(key);
    if (!validate) {
      validate = this.ajv.compile(JSON.parse(key.replaceAll('"#/components', '"api#/components')) as AnySchemaObject);
      this.compiled.set(key, validate);
    }
    return validate(value) ? undefined : this.ajv.errorsText(validate.errors, { separator: '\n' });
  }

  named(name: string, value: unknown): string | undefined {
    return this.problems({ $ref: `#/components/schemas/${name}` }, value);
  }
}

/** A field that the document does not name is an error here. Problems may carry more, by RFC 9457. */
function closed(schema: Json): Json {
  if (schema.type !== 'object' || !schema.properties || schema.description === 'RFC 9457') return schema;
  return { additionalProperties: false, ...schema };
}
