import { overlaps, placesOf, type Place } from './place.js';

/** Digits with at most three signs between them; `+`, `00` or `(` may begin it. */
const NUMBER = /(?<![\p{L}\d]|\d[ ./,:-])(?:\+|\()?\d(?:[ ./()-]{0,3}\d){7,16}(?![\p{L}\d%€$]|[.,:]\d)/gu;
const ADDRESS = /https?:\/\/\S+|www\.\S+/g;

const INTERNATIONAL = /^(?:\+|00)[1-9]\d{6,14}$/;
/** With the 0 that dials within a country; so written, most of the world's are of 9 to 12 digits. */
const NATIONAL = /^0[1-9]\d{7,10}$/;
/** North America. */
const AMERICAN = /^(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}$/;
const DATE = /^\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}|^\d{4}-\d{2}-\d{2}/;
const DECIMAL = /^0[.,]\d+$/;

function isPhone(written: string): boolean {
  if (DATE.test(written) || DECIMAL.test(written)) return false;
  const digits = written.replace(/[^\d+]/g, '');
  // The 0 in +44 (0)20 is not dialled.
  const dialled = /^(?:\+|00)/.test(written) ? written.replace('(0)', '').replace(/[^\d+]/g, '') : digits;
  return INTERNATIONAL.test(dialled) || NATIONAL.test(digits) || AMERICAN.test(written);
}

export function phoneNumbers(text: string): Place[] {
  const found = placesOf(text, NUMBER, isPhone);
  if (found.length === 0) return found;
  const addresses = placesOf(text, ADDRESS);
  return found.filter((place) => !addresses.some((address) => overlaps(place, address)));
}
