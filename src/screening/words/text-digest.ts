import { createHash } from 'node:crypto';
import { scan, type Scan } from './scan.js';

/** `Me too!` comes from many people who mean it. */
const LEAST_LETTERS = 20;

/** A digest of what a text says to the eye: case, marks, signs, spaces, look-alikes and drawn-out letters do not count. */
export function digestOfScan({ elements }: Scan): string | null {
  if (elements.length < LEAST_LETTERS) return null;
  // Asking the growing text how it ends would copy it each time: 80 ms for 40,000 characters.
  const letters = elements.map(({ letter }) => letter.reads).filter((reads, at, all) => reads !== all[at - 1]);
  return createHash('sha256').update(letters.join('')).digest('base64url');
}

/** By which repeats are known; null where the text is too short to be told apart. */
export function digestOfText(body: string): string | null {
  return digestOfScan(scan(body));
}
