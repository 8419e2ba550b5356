import { DomainError } from '../../platform/errors.js';

export function notReportable(): DomainError {
  return new DomainError('conflict', 'not-reportable', 'Only a published comment can be reported.');
}

export function ownComment(): DomainError {
  return new DomainError('conflict', 'own-comment', 'This comment is yours: edit it or take it back.');
}
