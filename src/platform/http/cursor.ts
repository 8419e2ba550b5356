import { DomainError } from '../errors.js';

/** Opaque to clients: base64url of JSON. A cursor of another list, or a changed one, is refused as malformed. */
export class Cursor {
  static encode(list: string, position: readonly unknown[]): string {
    return Buffer.from(JSON.stringify([list, ...position])).toString('base64url');
  }

  /** `check` says of each part whether it is of the right form. */
  static decode<T extends readonly unknown[]>(
    list: string,
    cursor: string | undefined,
    check: (position: readonly unknown[]) => position is T,
  ): T | undefined {
    if (cursor === undefined || cursor === '') return undefined;
    const parsed = parse(cursor);
    if (!Array.isArray(parsed) || parsed[0] !== list || !check(parsed.slice(1))) throw malformedCursor();
    return parsed.slice(1) as unknown as T;
  }
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function malformedCursor(): DomainError {
  const detail = 'The cursor is not one that this list gave; leave it out to begin at the start.';
  return new DomainError('malformed', 'malformed-cursor', detail, [{ pointer: '?cursor', detail }]);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

/** As `toISOString` writes it, of a day that there is; PostgreSQL knows no year 0. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-/.test(value) || value.startsWith('0000')) return false;
  const at = new Date(value);
  return !Number.isNaN(at.getTime()) && at.toISOString() === value;
}

/** `rows` holds one more than `limit` where there is a next page. */
export function page<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (last: Row) => string,
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
