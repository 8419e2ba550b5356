import { ValidateIf } from 'class-validator';

/** May be left out. Unlike `IsOptional`, null does not count as left out. */
export function Omittable(): PropertyDecorator {
  return ValidateIf((_object, value: unknown) => value !== undefined);
}
