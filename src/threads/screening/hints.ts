import type { Finding } from '../../screening/index.js';
import type { Status } from '../comment-status.js';

/** What an author whose comment is held may mend, as a field of the answer; nothing where there is nothing. */
export function hintsOf(status: Status, findings: readonly Finding[]): { hints?: string[] } {
  const hints = [...new Set(findings.flatMap(({ hint }) => hint ?? []))];
  return status === 'pending' && hints.length > 0 ? { hints } : {};
}
