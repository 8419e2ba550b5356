import { DomainError } from '../platform/errors.js';

export function claimLost(): DomainError {
  return new DomainError(
    'conflict',
    'claim-lost',
    'You do not hold this item any more: the claim ran out or was settled.',
  );
}

export function undoOver(): DomainError {
  return new DomainError('conflict', 'undo-over', 'The time in which this batch could be undone is over.');
}

export function decisionKeyReused(): DomainError {
  return new DomainError('invalid', 'idempotency-key-reused', 'This Idempotency-Key was used with other decisions.');
}

export function decisionInProgress(): DomainError {
  return new DomainError('conflict', 'request-in-progress', 'A request with this Idempotency-Key is still running.');
}
