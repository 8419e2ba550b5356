import { placesOf, type Place } from './place.js';

/** RFC 5321 allows 64 characters before the @ and 63 in a label; the bounds keep this linear. */
const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}(?:@| ?[[({] ?at ?[\])}] ?)[\p{L}\p{N}-]{1,63}(?:(?:\.| ?[[({] ?dot ?[\])}] ?)[\p{L}\p{N}-]{1,63}){1,6}/giu;

const domainOf = (address: string) =>
  address
    .toLowerCase()
    .replace(/ ?[[({] ?at ?[\])}] ?/g, '@')
    .replace(/ ?[[({] ?dot ?[\])}] ?/g, '.')
    .split('@')[1];

/** @param allowed domains whose addresses may stand, such as the site's own. */
export function emailAddresses(text: string, allowed: readonly string[]): Place[] {
  if (!/@|[[({] ?at/i.test(text)) return [];
  return placesOf(text, EMAIL, (address) => !allowed.some((domain) => domain.toLowerCase() === domainOf(address)));
}
