import { DomainError } from '../../platform/errors.js';
import type { SanctionInForce } from '../../identity/index.js';

/** Of two who sanction at the same moment, the second one reads this instead of doubling what is in force. */
export function alreadySanctioned(readerId: string, { id, kind, until, at }: SanctionInForce): DomainError {
  return new DomainError(
    'conflict',
    'already-sanctioned',
    'A sanction of this kind is in force. Lift it to place another.',
    undefined,
    { sanction: { id, readerId, kind, until, at } },
  );
}
