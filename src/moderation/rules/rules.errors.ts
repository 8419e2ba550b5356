import { DomainError } from '../../platform/errors.js';

export function rulesChanged(rulesVersion: number): DomainError {
  return new DomainError(
    'conflict',
    'rules-changed',
    `The site's rules were changed meanwhile: they are at version ${rulesVersion}. Read them again.`,
    undefined,
    { current: { version: rulesVersion } },
  );
}

export function ruleChanged(id: string, version: number): DomainError {
  return new DomainError(
    'conflict',
    'rule-changed',
    `The rule “${id}” was changed meanwhile: it is at version ${version}. Read it again.`,
    undefined,
    { current: { version } },
  );
}

export function ruleExists(id: string): DomainError {
  return new DomainError('conflict', 'rule-exists', `The site has a rule with the id “${id}”. Change that one.`);
}
