import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ErrorObject } from 'ajv-draft-04';
import addFormats from 'ajv-formats';

/** The schemas of the W3C's test suite for the Web Annotation Model (W3C test suite licence): not part of the project. */
const FOLDER = join(process.env.POSTIL_DATA ?? '../shared/data', 'w3c-annotation');

export const missingSchemas = existsSync(FOLDER) ? undefined : FOLDER;

interface Assertion {
  id: string;
  assertionType: string;
  expectedResult: 'valid' | 'invalid';
  errorMessage: string;
}

/** What the W3C's own assertions find in a document. */
export class WebAnnotationSchemas {
  private readonly ajv = new Ajv.default({ strict: false, logger: false, ignoreKeywordsWithRef: true });

  constructor() {
    addFormats.default(this.ajv as never);
    for (const file of readdirSync(join(FOLDER, 'definitions')))
      this.ajv.addSchema(json(`definitions/${file}`) as object);
  }

  /** Which of what an annotation MUST be it is not. */
  annotationProblems(annotation: object): string[] {
    const { assertions } = json('annotations/annotationMusts.test') as { assertions: string[] };
    return assertions.flatMap((file) => {
      const schema = json(file) as Assertion & object;
      const validate = this.ajv.getSchema(schema.id) ?? this.ajv.compile(schema);
      return validate(annotation) === (schema.expectedResult === 'valid') ? [] : [`${file}: ${schema.errorMessage}`];
    });
  }

  /** The same of a collection or a page, by the definitions in `names`. */
  collectionProblems(document: object, names: readonly string[]): (ErrorObject | string)[] {
    return names.flatMap((name) => {
      const validate = this.ajv.compile({ $ref: `collections.json#/definitions/${name}` });
      return validate(document) ? [] : [name, ...(validate.errors ?? [])];
    });
  }
}

/** A file of the folder, parsed. */
export function json(file: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
}
