import { DomainError } from '../../platform/errors.js';

export function mailNotResendable(state: string): DomainError {
  const detail = `The mail is ${state}. Only one that failed, or is uncertain, can be sent again.`;
  return new DomainError('conflict', 'mail-not-resendable', detail);
}
