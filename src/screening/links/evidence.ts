import type { Evidence } from '../finding.js';
import type { Link } from '../phase.js';

/** Where links stand, as far as it can be told. */
export function evidenceOfLinks(body: string, links: readonly Link[]): Evidence[] {
  return links.flatMap(({ start, end }) =>
    start === undefined || end === undefined ? [] : [{ start, end, text: body.slice(start, end) }],
  );
}
