import { ValidateBy, type ValidationOptions } from 'class-validator';

/** At most so many UTF-16 code units, as selectors count; `MaxLength` takes a surrogate pair for one. */
export function MaxUnits(limit: number, options?: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && value.length <= limit;
  const defaultMessage = () => `$property must have at most ${limit} UTF-16 code units`;
  return ValidateBy({ name: 'maxUnits', validator: { validate, defaultMessage } }, options);
}
