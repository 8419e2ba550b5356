import { DomainError, invalidField } from '../../platform/errors.js';

export function noArticleText(): DomainError {
  return new DomainError(
    'conflict',
    'no-article-text',
    'No text of this article was sent, so nothing can be marked in it.',
  );
}

export function revisionNotFound(): DomainError {
  return invalidField('/anchor/revision', 'The article has no revision of this number.', 'revision-not-found');
}

export function anchorNotFound(): DomainError {
  return invalidField('/anchor', 'The quoted words do not stand in the text.', 'anchor-not-found');
}

export function anchorAmbiguous(): DomainError {
  return invalidField(
    '/anchor',
    'The quoted words stand in several places, and neither context nor position decides between them.',
    'anchor-ambiguous',
  );
}

export function passageNotFound(): DomainError {
  return invalidField('/passageId', 'The article has no such passage.', 'passage-not-found');
}

export function questionClosed(): DomainError {
  return new DomainError('conflict', 'question-closed', 'The question is closed: it takes no new comments.');
}

export function tooManyPassages(limit: number): DomainError {
  return new DomainError('conflict', 'too-many-passages', `An article has at most ${limit} passages of this kind.`);
}
