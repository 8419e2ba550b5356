import { invalidField, type DomainError } from '../../platform/errors.js';

export function commentNotFound(): DomainError {
  return invalidField('/commentId', 'The site has no comment of this id.', 'comment-not-found');
}
