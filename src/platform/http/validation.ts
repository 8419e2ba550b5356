import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { DomainError, type FieldError } from '../errors.js';
import { assertPlainBody } from './plain-body.js';

/**
 * Bodies and parameters against their classes. A field that no class names is refused: a client that sends one relies
 * on something that is not there.
 */
export function validation(): ValidationPipe {
  return new PlainBodies({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    // parameters are told from bodies by their class
    validationError: { target: true },
    exceptionFactory: (errors) => invalid(errors),
  });
}

class PlainBodies extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body') assertPlainBody(value, this.toValidate(metadata) ? undefined : Infinity);
    return super.transform(value, metadata) as unknown;
  }
}

export function invalid(errors: readonly ValidationError[]): DomainError {
  const fields = errors.flatMap((error) => fieldErrors(error, ''));
  const parameter = errors.some((error) => isParameter(error));
  return parameter
    ? new DomainError('malformed', 'malformed-parameter', summary(fields), fields)
    : new DomainError('invalid', 'validation', summary(fields), fields);
}

/** Classes of query parameters name themselves so: what is wrong with them is 400, not 422. */
export abstract class QueryParameters {
  declare private readonly isQuery: true;
}

function isParameter(error: ValidationError): boolean {
  return error.target instanceof QueryParameters;
}

function fieldErrors(error: ValidationError, parent: string): FieldError[] {
  const token = error.property.replaceAll('~', '~0').replaceAll('/', '~1');
  const pointer = isParameter(error) ? `?${error.property}` : `${parent}/${token}`;
  // Checked from the decorator beside the field upwards; the topmost says what it is at all, which is what helps.
  const own = Object.values(error.constraints ?? {})
    .slice(-1)
    .map((detail) => ({ pointer, detail }));
  // What is not at all what it should be has no parts worth a word.
  return own.length > 0 ? own : (error.children ?? []).flatMap((child) => fieldErrors(child, pointer));
}

function summary(fields: readonly FieldError[]): string {
  return fields.map((field) => `${field.pointer}: ${field.detail}`).join('; ');
}
