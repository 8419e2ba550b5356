import { DomainError } from '../platform/errors.js';

export function originNotPermitted(): DomainError {
  return new DomainError(
    'forbidden',
    'origin-not-permitted',
    'Pages of this origin may not write here. The owner of the site can permit it in the settings.',
  );
}
