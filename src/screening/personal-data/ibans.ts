import type { Place } from './place.js';

/** Lengths by country (SWIFT, IBAN registry). */
const LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 ' +
    'FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 ' +
    'MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 TN24 ' +
    'TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const START = /(?<![\p{L}\d])[A-Z]{2}\d{2}(?=[ -]?[A-Z\d])/gu;

/** ISO 13616: the first four to the end, letters as 10 to 35, and the rest of a division by 97 is 1. */
export function passesIban(iban: string): boolean {
  const rest = [...iban.slice(4), ...iban.slice(0, 4)].reduce((sum, char) => {
    const value = parseInt(char, 36);
    return (sum * (value > 9 ? 100 : 10) + value) % 97;
  }, 0);
  return rest === 1;
}

/** The first `length` letters and digits from a place on, of groups divided by one space or dash. */
function take(text: string, start: number, length: number): { iban: string; end: number } | undefined {
  let iban = '';
  let end = start;
  for (let gap = false; iban.length < length; end++) {
    const char = text[end] ?? '';
    if (/^[A-Z\d]$/.test(char)) iban += char;
    else if (gap || !/^[ -]$/.test(char)) return undefined;
    gap = /^[ -]$/.test(char);
  }
  return /^[\p{L}\d]$/u.test(text[end] ?? '') ? undefined : { iban, end };
}

export function ibans(text: string): Place[] {
  return [...text.matchAll(START)].flatMap(({ 0: head, index: start }) => {
    const length = LENGTHS.get(head.slice(0, 2));
    const taken = length === undefined ? undefined : take(text, start, length);
    return taken && passesIban(taken.iban) ? [{ start, end: taken.end }] : [];
  });
}
