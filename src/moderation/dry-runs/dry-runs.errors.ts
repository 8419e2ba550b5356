import { DomainError, invalidField } from '../../platform/errors.js';

export function externalRule(): DomainError {
  const detail =
    'A rule of kind external asks a service outside, which past comments are not sent to. Any other kind can be tried.';
  return invalidField('/rule/kind', detail, 'rule-not-replayable');
}

export function tooManyDryRuns(most: number): DomainError {
  return new DomainError(
    'conflict',
    'too-many-dry-runs',
    `The site has ${most} dry-runs under way. Wait for one, or cancel one.`,
  );
}

export function dryRunOver(): DomainError {
  return new DomainError('conflict', 'dry-run-over', 'This dry-run has ended, so there is nothing to cancel.');
}
