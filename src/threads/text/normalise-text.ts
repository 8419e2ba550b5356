import { isBlank, isMalformed, stripInvisible } from './invisible.js';

/** Why a text is not taken, for the answer to who sent it. */
export interface TextProblem {
  code: 'empty' | 'malformed' | 'too-long';
  detail: string;
}

/** The longest name that fits a byline, in code points. */
export const MAX_NAME_LENGTH = 80;

const EMPTY: TextProblem = { code: 'empty', detail: 'Nothing in it can be seen.' };
const MALFORMED: TextProblem = {
  code: 'malformed',
  detail: 'It holds characters that are not text: half of a surrogate pair, or a noncharacter.',
};

/** Length as limits count it: Unicode code points, so that an emoji outside the basic plane is one. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdbff) length--;
  }
  return length;
}

/**
 * A comment's text as it is stored: NFC, lines ended by \n, no trailing spaces, no blank lines around it,
 * at most 2 blank lines together, without characters that hide or turn text (see invisible.ts).
 * Applied twice it gives the same.
 */
export function normaliseBody(raw: string): { body: string } | { problem: TextProblem } {
  if (isMalformed(raw)) return { problem: MALFORMED };
  const stripped = stripInvisible(raw);
  if (stripped === undefined) return { problem: MALFORMED };
  const body = stripped
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{4,}/g, '\n\n\n')
    .replace(/^\n+|\n+$/g, '');
  return isBlank(body) ? { problem: EMPTY } : { body };
}

/** A reader's name as it is shown: NFC, one line, single spaces, no direction marks, 1 to 80 code points. */
export function normaliseDisplayName(raw: string): { name: string } | { problem: TextProblem } {
  if (isMalformed(raw)) return { problem: MALFORMED };
  const stripped = stripInvisible(raw.replace(/[\u061c\u200e\u200f]/g, ''));
  if (stripped === undefined) return { problem: MALFORMED };
  const name = stripped.replace(/\s+/g, ' ').trim();
  if (isBlank(name)) return { problem: EMPTY };
  if (lengthOf(name) > MAX_NAME_LENGTH) {
    return { problem: { code: 'too-long', detail: `A name has at most ${MAX_NAME_LENGTH} characters.` } };
  }
  return { name };
}
