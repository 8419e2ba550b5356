import { invalidField } from '../platform/errors.js';
import { normaliseBody } from '../threads/index.js';

/** Plain text that somebody wrote to staff, tidied as a comment's is. null: nothing of it can be seen. @throws validation */
export function freeText(raw: string, pointer: string): string | null {
  const text = normaliseBody(raw);
  if ('body' in text) return text.body;
  if (text.problem.code === 'empty') return null;
  throw invalidField(pointer, text.problem.detail);
}
