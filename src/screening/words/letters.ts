import { bare, digits, innerSigns, looksLike, signs } from './look-alikes.js';

export type Script = 'latin' | 'cyrillic' | 'greek' | 'unspaced' | 'other' | '';

/** How one character, or a part of it, reads. Shared: one object per character, whatever the text. */
export interface Letter {
  /** The class that texts and words are compared by: one character, of Latin where it looks so. */
  readonly reads: string;
  /** The letter itself where it is one of an ordinary alphabet, without marks and in lower case; else ''. */
  readonly plain: string;
  readonly script: Script;
  readonly kind: 'letter' | 'digit' | 'sign' | 'inner-sign';
  readonly upper: boolean;
  /** Combining marks that came with it. */
  readonly marks: string;
}

/** `gap`: stands between words. `ignored`: cannot be seen. A string: marks of the letter before. */
export type Reads = readonly Letter[] | 'gap' | 'ignored' | { readonly marks: string };

const INVISIBLE = /^[\p{Cf}\p{Default_Ignorable_Code_Point}]$/u;
const MARK = /^(?=\p{M})[\p{Script=Inherited}\p{Script=Hebrew}]$/u;
const WRITTEN = /^[\p{L}\p{M}\p{Nl}]$/u;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Hangul}]/u;
/** Letters that are two in every list of words. */
const DIGRAPHS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe' };

/** `l`, `I`, `1`, `|` look alike in most fonts, and `v` has always stood for `u`; comparing tells them apart again. */
export function foldClass(letter: string): string {
  if (letter === 'l') return 'i';
  return letter === 'v' ? 'u' : letter;
}

export function scriptOf(char: string): Script {
  if (char >= 'a' && char <= 'z') return 'latin';
  if (/\p{Script=Cyrillic}/u.test(char)) return 'cyrillic';
  if (/\p{Script=Greek}/u.test(char)) return 'greek';
  return UNSPACED.test(char) ? 'unspaced' : 'other';
}

function sign(char: string): Letter[] | undefined {
  for (const [kind, table] of [
    ['digit', digits],
    ['sign', signs],
    ['inner-sign', innerSigns],
  ] as const) {
    const reads = table.get(char);
    if (reads !== undefined) return [{ reads: foldClass(reads), plain: '', script: '', kind, upper: false, marks: '' }];
  }
  return undefined;
}

function read(char: string): Reads {
  if (INVISIBLE.test(char)) return 'ignored';
  if (MARK.test(char)) return { marks: char };
  const asSign = sign(char);
  if (asSign) return asSign;
  const wide = char.normalize('NFKC');
  if (wide !== char && /^[!-@[-`{-~]$/.test(wide)) return read(wide);
  const upper = char !== char.toLowerCase();
  const lower = char.toLowerCase();
  const letter = (reads: string, plain: string, marks = ''): Letter => ({
    reads: foldClass(reads),
    plain,
    script: plain === '' ? '' : scriptOf(plain),
    kind: 'letter',
    upper,
    marks,
  });
  // Tens of thousands of characters, and none poses as Latin: not worth asking.
  if (UNSPACED.test(char)) return [letter(lower.normalize('NFC'), lower.normalize('NFC'))];
  const digraph = DIGRAPHS[lower];
  if (digraph) return [...digraph].map((part) => letter(part, part));
  const composed = lower.normalize('NFD');
  const base = composed.replace(/\p{M}/gu, '');
  if (/^[a-z]$/.test(base)) return [letter(base, base, composed.slice(1))];
  if (!WRITTEN.test(char)) {
    // Full-width, circled, mathematical: a disguise of Latin letters, or no letter at all.
    const compatible = bare(char);
    const disguised = /^[a-z]{1,3}$/.test(compatible) ? compatible : looksLike(char);
    if (disguised && /\p{So}|\p{Sm}/u.test(char)) return [...disguised].map((part) => letter(part, ''));
    return 'gap';
  }
  const plain = scriptOf(base) === 'other' ? lower.normalize('NFC') : base;
  const compatible = bare(char);
  if (/^[a-z]{1,3}$/.test(compatible)) return [...compatible].map((part) => letter(part, ''));
  const marks = plain === base ? composed.slice(base.length) : '';
  const alike = looksLike(base);
  const ordinary = ['cyrillic', 'greek'].includes(scriptOf(plain)) && plain.normalize('NFKC') === plain;
  if (alike) return [...alike].map((part, at) => letter(part, ordinary && at === 0 ? plain : '', marks));
  return [letter(plain, plain, marks)];
}

const ascii: Reads[] = Array.from({ length: 128 }, (_, code) => read(String.fromCharCode(code)));
const seen = new Map<string, Reads>();
/** More different characters than that are in no honest text; those beyond are read anew each time. */
const MOST_SEEN = 20_000;

export function readsOf(char: string): Reads {
  const code = char.charCodeAt(0);
  if (code < 128) return ascii[code] ?? 'gap';
  const known = seen.get(char);
  if (known !== undefined) return known;
  const reads = read(char);
  if (seen.size < MOST_SEEN) seen.set(char, reads);
  return reads;
}
