import type { DomainError } from '../platform/errors.js';
import { readerBanned, readerSuspended, warningUnacknowledged } from './identity.errors.js';
import type { SanctionInForce } from './standing.js';

/** Why such a reader may not write and not edit. */
export function refusalToWrite(sanctions: readonly SanctionInForce[] | null): DomainError | undefined {
  const [strictest] = sanctions ?? [];
  return strictest?.kind === 'warn' ? warningUnacknowledged(strictest) : refusalToAct(sanctions);
}

/** @throws banned, suspended, warning-unacknowledged */
export function assertMayWrite({ sanctions }: { sanctions: readonly SanctionInForce[] }): void {
  const refusal = refusalToWrite(sanctions);
  if (refusal) throw refusal;
}

/** For what is done beside writing, such as voting: a warning does not stand in its way. @throws banned, suspended */
export function assertMayAct({ sanctions }: { sanctions: readonly SanctionInForce[] }): void {
  const refusal = refusalToAct(sanctions);
  if (refusal) throw refusal;
}

function refusalToAct(sanctions: readonly SanctionInForce[] | null): DomainError | undefined {
  const [strictest] = sanctions ?? [];
  if (strictest?.kind === 'ban') return readerBanned(strictest);
  return strictest?.kind === 'suspend' ? readerSuspended(strictest) : undefined;
}
