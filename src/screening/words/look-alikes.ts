import unhomoglyph from 'unhomoglyph';

/** Digits read as letters. `l` and `i` are one class (`fold-class.ts`), so `1` needs no choice between them. */
const DIGITS = '0o 1i 3e 4a 5s 6g 7t 8b 9g';

/** Signs that stand for a letter at its place in a word, be it the first or the last: `$hit`, `a$$`. */
const SIGNS = '@a $s €e £i ¥y ¢c';

/** Signs that are punctuation at a word's end and a letter inside it: `shit!` and `sh!t`, `word(s)` and `fu(k`. */
const INNER_SIGNS = '!i ¡i |i +t (c <c {c [c °o ®r ©c †t §s ×x';

/** What the Unicode table of confusables leaves out: small capitals, enclosed and turned letters, shapes alike in Cyrillic. */
const SHAPES =
  'ᴀa ʙb ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟi ᴍm ɴn ᴘp ꞯq ʀr ꜱs ᴛt ᴜu ʏy ' +
  'ɐa ɔc ǝe ɘe ɟf ɥh ᴉi ʞk ɯm ɹr ʇt ʌu ʍw ʎy əe ' +
  'яr шw щw пn эe ғf ' +
  'łi đd øo ħh ŧt ƀb ɨi ʉu';

const table = (pairs: string) =>
  new Map(pairs.split(' ').map((pair) => [[...pair][0] ?? '', [...pair].slice(1).join('')] as const));

export const digits = table(DIGITS);
export const signs = table(SIGNS);
export const innerSigns = table(INNER_SIGNS);
const shapes = table(SHAPES);

/** A letter on a square or in a circle, and the letters that flags are made of: from the first of each row. */
const ENCLOSED = [0x1f130, 0x1f150, 0x1f170, 0x1f1e6];

function enclosed(char: string): string | undefined {
  const point = char.codePointAt(0) ?? 0;
  const first = ENCLOSED.find((row) => point >= row && point < row + 26);
  return first === undefined ? undefined : String.fromCharCode(97 + point - first);
}

/** Without marks, compatibility forms resolved, in lower case. */
export const bare = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * The Latin letters that a character looks like, or undefined. Source: Unicode Technical Standard 39, confusables (by
 * unhomoglyph), read for the small form first and the capital then: `в` has no look-alike there, `В` has.
 */
export function looksLike(char: string): string | undefined {
  const own = shapes.get(char.toLowerCase()) ?? enclosed(char);
  if (own !== undefined) return own;
  return [char, char.toUpperCase()]
    .map((form) => bare(unhomoglyph(form)))
    .find((letters) => /^[a-z]{1,2}$/.test(letters));
}
