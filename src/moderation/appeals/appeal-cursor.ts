import { Cursor, isInstant, isUuid } from '../../platform/http/cursor.js';
import type { AppealRow } from './appeal-list.store.js';

export function appealCursor({ at, id }: AppealRow): string {
  return Cursor.encode('appeals', [at.toISOString(), id]);
}

export function isAppealPosition(parts: readonly unknown[]): parts is [string, string] {
  return parts.length === 2 && isInstant(parts[0]) && isUuid(parts[1]);
}
