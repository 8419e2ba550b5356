import { DomainError } from '../platform/errors.js';
import type { SanctionInForce } from './standing.js';

export function unauthenticated(detail: string): DomainError {
  return new DomainError('unauthenticated', 'unauthenticated', detail);
}

export function invalidToken(): DomainError {
  return new DomainError(
    'unauthenticated',
    'invalid-token',
    'The session has ended, or the token was never one. Sign in.',
  );
}

/** Says as little about an address that is not known as about a password that is wrong. */
export function wrongCredentials(): DomainError {
  return new DomainError('unauthenticated', 'wrong-credentials', 'The e-mail address or the password is wrong.');
}

export function forbidden(): DomainError {
  return new DomainError('forbidden', 'forbidden', 'Your role on this site does not permit this.');
}

export function crossSiteRequest(): DomainError {
  return new DomainError(
    'forbidden',
    'cross-site-request',
    'A request signed in by cookie changes something only when it comes from a page of this server. Send the token instead.',
  );
}

export function staffExists(): DomainError {
  return new DomainError('conflict', 'staff-exists', 'There is a staff member with this e-mail address already.');
}

export function lastOwner(): DomainError {
  return new DomainError(
    'conflict',
    'last-owner',
    'The site would be left without an owner. Make somebody else owner first.',
  );
}

export function readerBanned(sanction: SanctionInForce): DomainError {
  return new DomainError(
    'forbidden',
    'banned',
    `You can't take part here any more. ${sanction.explanation}`,
    undefined,
    {
      sanction,
    },
  );
}

export function readerSuspended(sanction: SanctionInForce): DomainError {
  return new DomainError(
    'forbidden',
    'suspended',
    `You can't take part here until ${sanction.until}. ${sanction.explanation}`,
    undefined,
    { sanction },
  );
}

export function warningUnacknowledged(sanction: SanctionInForce): DomainError {
  return new DomainError(
    'forbidden',
    'warning-unacknowledged',
    `A moderator has warned you. ${sanction.explanation} Acknowledge it, then write on.`,
    undefined,
    { sanction },
  );
}
