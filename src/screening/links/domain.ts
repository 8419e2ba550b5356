import { domainToASCII, domainToUnicode } from 'node:url';
import { scan } from '../words/scan.js';

/** A domain as written by people, as lower-case ASCII without a dot at its end; undefined where it is none. */
export function domainOf(written: string): string | undefined {
  const ascii = domainToASCII(written.trim().replace(/\.$/, '')).toLowerCase();
  return /^(?=.{4,253}$)(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}$/.test(ascii) ? ascii : undefined;
}

/** Itself or a subdomain. */
export function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** Two letters in a row that look like one. */
const PAIRS: readonly [RegExp, string][] = [
  [/rn/g, 'm'],
  [/uu/g, 'w'],
];

/** What a domain looks like: two with the same skeleton are one to the eye. */
export function skeletonOf(host: string): string {
  const labels = domainToUnicode(host).split('.');
  const plain = labels.map((label) => label.split('-').map(lettersOf).join('-')).join('.');
  return PAIRS.reduce((skeleton, [pair, letter]) => skeleton.replace(pair, letter), plain);
}

const lettersOf = (part: string) =>
  scan(part)
    .elements.map(({ letter }) => letter.reads)
    .join('');

/** A label with letters of several alphabets, as no registry would give out in good faith. */
export function mixesScripts(host: string): boolean {
  if (!host.includes('xn--')) return false;
  return domainToUnicode(host)
    .split('.')
    .some(
      (label) =>
        /\p{Script=Latin}/u.test(label) && /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u.test(label),
    );
}
