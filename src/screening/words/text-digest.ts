import { createHash } from 'node:crypto';
import { scan, type Scan } from './scan.js';

/** `Me too!` comes from many people who mean it. */
const LEAST_LETTERS = 20;

/** A digest of what a text says to the eye: case, marks, signs, spaces, look-alikes and drawn-out letters do not count. */
export function digestOfScan({ elements }: Scan): string | null {
  if (elements.length < LEAST_LETTERS) return null;
  let letters = '';
  for (const { letter } of elements) if (!letters.endsWith(letter.reads)) letters += letter.reads;
  return createHash('sha256').update(letters).digest('base64url');
}

/** By which repeats are known; null where the text is too short to be told apart. */
export function digestOfText(body: string): string | null {
  return digestOfScan(scan(body));
}
