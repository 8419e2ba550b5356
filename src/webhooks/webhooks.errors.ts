import { DomainError } from '../platform/errors.js';

export function tooManyEndpoints(limit: number): DomainError {
  return new DomainError(
    'conflict',
    'too-many-webhooks',
    `A site has at most ${limit} webhook endpoints. Remove one first.`,
  );
}

export function deliveryUnderWay(): DomainError {
  return new DomainError('conflict', 'delivery-under-way', 'This delivery is being sent at this moment.');
}
