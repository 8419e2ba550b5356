import { invalidField } from '../platform/errors.js';

const MAX_CODE_POINTS = 80;

/** Controls, direction marks and everything else without a glyph, but the joiners that scripts and emoji are written with. */
const HIDDEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}\u115f\u1160\u3164\uffa0]/gu;
const BLANK = /^[\s\p{Cf}\p{M}\u2800]*$/u;

/** One line as it is shown: NFC, single spaces, 1 to 80 code points. @throws validation */
export function displayName(raw: string, pointer = '/displayName'): string {
  if (!raw.isWellFormed()) throw invalidField(pointer, 'It holds characters that are not text.');
  const name = raw.replace(/\s+/gu, ' ').replace(HIDDEN, '').normalize('NFC').replace(/ +/g, ' ').trim();
  if (BLANK.test(name)) throw invalidField(pointer, 'Nothing in it can be seen.');
  if ([...name].length > MAX_CODE_POINTS)
    throw invalidField(pointer, `A name has at most ${MAX_CODE_POINTS} characters.`);
  return name;
}
