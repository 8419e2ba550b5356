import { seal } from '../../platform/audit/sealed-text.js';
import type { Write } from '../../platform/database/statement.js';
import { invalidField } from '../../platform/errors.js';
import { freeText } from '../free-text.js';
import { appealStore } from './appeal.store.js';

/** @throws validation, also where nothing of it can be seen */
export function neededText(raw: string, pointer: string): string {
  const text = freeText(raw, pointer);
  if (text === null) throw invalidField(pointer, 'Nothing in it can be seen.');
  return text;
}

/** What was said with an appeal: stored beside the log, and covered by the entry that carries `codes`. */
export function appealTexts(
  appeal: { id: string; siteId: string },
  said: Partial<Record<'appeal' | 'explanation' | 'note', string | null>>,
): { writes: Write[]; codes: { texts: Record<string, string> } } {
  const sealed = (['appeal', 'explanation', 'note'] as const).flatMap((kind) => {
    const text = said[kind];
    return text ? [{ kind, text, ...seal(text) }] : [];
  });
  return {
    writes: sealed.map(({ kind, text, salt }) => appealStore.insertingText(appeal, kind, text, salt)),
    codes: { texts: { of: appeal.id, ...Object.fromEntries(sealed.map(({ kind, digest }) => [kind, digest])) } },
  };
}
