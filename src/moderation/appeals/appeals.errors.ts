import { DomainError } from '../../platform/errors.js';
import type { AppealState } from './appeal-state.js';

export function notAppealable(): DomainError {
  return new DomainError(
    'conflict',
    'not-appealable',
    'Only what takes a comment down for good, and a sanction, can be appealed. What is held is being looked at anyway.',
  );
}

export function decisionReplaced(): DomainError {
  return new DomainError(
    'conflict',
    'decision-replaced',
    'This decision does not stand any more: it was taken back, or another one was made.',
  );
}

export function appealOver(days: number): DomainError {
  const detail =
    days === 0 ? 'This site takes no appeals.' : `A decision can be appealed for ${days} days after it was made.`;
  return new DomainError('conflict', 'appeal-over', detail);
}

/** @param appeal the one there is: of this decision, or an open one of the same comment */
export function alreadyAppealed(appeal: { id: string; state: AppealState }): DomainError {
  const detail =
    'There is an appeal already: a decision is appealed once, and of a comment one appeal is open at a time.';
  return new DomainError('conflict', 'already-appealed', detail, undefined, { appeal });
}

export function appealDecided(appeal: { id: string; state: AppealState }): DomainError {
  return new DomainError(
    'conflict',
    'appeal-decided',
    'This appeal is not open any more: it was decided, or what it is about does not stand.',
    undefined,
    { appeal },
  );
}

export function appealClaimed(): DomainError {
  return new DomainError('conflict', 'appeal-claimed', 'Another person holds this appeal.');
}

export function ownDecision(): DomainError {
  return new DomainError(
    'forbidden',
    'own-decision',
    'This appeal is against a decision of yours. Another person of the site decides on it.',
  );
}
