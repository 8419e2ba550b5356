import { DomainError, invalidField } from '../platform/errors.js';
import type { ThreadState } from './post.store.js';

export function threadNotOpen(state: ThreadState): DomainError {
  return state === 'frozen'
    ? new DomainError('conflict', 'thread-frozen', 'The thread is frozen: it takes no comments, edits or votes.')
    : new DomainError('conflict', 'thread-closed', 'The thread is closed: it takes no new comments.');
}

export function editWindowOver(seconds: number): DomainError {
  return new DomainError(
    'conflict',
    'edit-window-over',
    `A comment can be edited for ${seconds} seconds after it was written.`,
  );
}

export function notEditable(status: string): DomainError {
  return new DomainError('conflict', 'not-editable', `A comment that is ${status} can't be edited.`);
}

export function parentNotFound(): DomainError {
  return invalidField('/parentId', 'There is no published comment of this id in the thread.', 'parent-not-found');
}

export function tooDeep(limit: number): DomainError {
  return invalidField('/parentId', `Replies go at most ${limit} levels deep.`, 'too-deep');
}

export function keyReused(): DomainError {
  return new DomainError('invalid', 'idempotency-key-reused', 'This Idempotency-Key was used with another comment.');
}

export function requestInProgress(): DomainError {
  return new DomainError('conflict', 'request-in-progress', 'A request with this Idempotency-Key is still running.');
}

export function urlNotPermitted(): DomainError {
  return invalidField('/url', "The URL is not on one of the site's permitted origins.", 'url-not-permitted');
}

export function notVotable(): DomainError {
  return new DomainError('conflict', 'not-votable', 'Only a published comment can be voted on.');
}

export function notPinnable(detail: string): DomainError {
  return new DomainError('conflict', 'not-pinnable', detail);
}

export function sessionOver(): DomainError {
  return new DomainError(
    'unauthenticated',
    'invalid-token',
    'The session is over, or of another site. Begin a new one.',
  );
}
