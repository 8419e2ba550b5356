import { invalidField } from '../platform/errors.js';
import { readBody, type ReadBody } from './text/read-body.js';

/** A comment's text from a request: normalised, rendered, its links listed. @throws validation */
export function bodyOf(raw: string, maxLength: number): ReadBody {
  const text = readBody(raw, maxLength);
  if ('problem' in text) throw invalidField('/body', text.problem.detail);
  return text;
}
