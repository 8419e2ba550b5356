import { placesOf, type Place } from './place.js';

/** In one piece, in fours, or as American Express prints it: 4, 6, 5. Never a part of a longer number. */
const NUMBER =
  /(?<![\p{L}\d]|\d[ -])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{5})(?![\p{L}\d]|[ -]\d)/gu;

/** Payment schemes begin with 2 to 6. */
const SCHEME = /^[2-6]/;

/** Luhn's check digit (ISO/IEC 7812-1, annex B): from the right, every second digit doubled, digit sums added. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

export function cardNumbers(text: string): Place[] {
  return placesOf(text, NUMBER, (written) => {
    const digits = written.replace(/\D/g, '');
    return SCHEME.test(digits) && new Set(digits).size > 1 && passesLuhn(digits);
  });
}
