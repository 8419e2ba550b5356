import { invalidField } from '../errors.js';

/** No body that is understood is nested deeper. The transformer and the validator recurse, and end in a full stack. */
const MAX_DEPTH = 64;
/** Nor has an object in it more fields. Validating 80,000 that no class names took 44 s of a node: it is quadratic. */
const MAX_FIELDS = 200;

/**
 * Refuses what is made to keep the validator busy, before the validator sees it.
 * @param maxFields of one object; none for documents that no class describes
 * @throws validation
 */
export function assertPlainBody(body: unknown, maxFields = MAX_FIELDS): void {
  // No recursion: the stack is our own.
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw invalidField('', `It is nested more than ${MAX_DEPTH} deep.`);
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      const inner = Object.values(value) as unknown[];
      if (!Array.isArray(value) && inner.length > maxFields) {
        throw invalidField('', `An object in it has more than ${maxFields} fields.`);
      }
      for (const each of inner) next.push(each);
    }
    level = next;
  }
}
