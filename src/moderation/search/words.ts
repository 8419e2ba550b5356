/** Scripts that put no spaces between words: each character is looked for by itself, in the order in which they stand. */
const UNSPACED = String.raw`\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}`;
const WORDS = new RegExp(
  String.raw`(?<unspaced>[[${UNSPACED}]&&\p{L}]\p{M}*)|(?:(?![[${UNSPACED}]&&\p{L}])[\p{L}\p{N}\p{M}])+`,
  'gv',
);
/** Accents and the like, of Latin, Greek and Cyrillic letters: who looks for `cafe` means `café`. */
const ACCENTS = /[\u0300-\u036f]/g;
/** Longer ones are no words; PostgreSQL takes 2,046 bytes. */
const LONGEST = 100;
/** What a text vector can tell apart. */
const POSITIONS = 16_383;
const A_WORD = 250;
/** A shorter beginning is that of too many words, but where a letter is a syllable. */
const LEAST_PREFIX = /\p{sc=Hang}.|.{3}/u;
/** Of the site, before each of its words: what is searched is one site's, and the index is all sites'. */
const SITE_DIGITS = 6;

export interface Word {
  word: string;
  unspaced: boolean;
}

/** The words of a text, folded, in order. */
export function wordsOf(text: string): Word[] {
  const folded = text.normalize('NFKD').replace(ACCENTS, '').normalize('NFC').toLowerCase();
  return [...folded.matchAll(WORDS)].map(({ 0: word, groups }) => ({
    word: [...word].slice(0, LONGEST).join(''),
    unspaced: groups?.['unspaced'] !== undefined,
  }));
}

/** As PostgreSQL reads a `tsvector`. */
export function vectorOf(siteId: string, text: string): string {
  const places = new Map<string, number[]>();
  wordsOf(text)
    .slice(0, POSITIONS)
    .forEach(({ word }, n) => {
      const own = places.get(word);
      if (!own) places.set(word, [n + 1]);
      else if (own.length < A_WORD) own.push(n + 1);
    });
  return [...places].map(([word, at]) => `'${lexeme(siteId, word)}':${at.join(',')}`).join(' ');
}

/**
 * As PostgreSQL reads a `tsquery`: each word, from its beginning; what stands in quotation marks, or is one word of a
 * script without spaces, exactly and in that order. Undefined where nothing can be looked for.
 */
export function queryOf(siteId: string, text: string): string | undefined {
  const terms = [...text.matchAll(/"([^"]*)"?|[^\s"]+/g)].flatMap(({ 0: all, 1: quoted }) => {
    const words = wordsOf(quoted ?? all);
    const last = words.at(-1);
    if (!last) return [];
    const begins = quoted === undefined && !last.unspaced && LEAST_PREFIX.test(last.word);
    const phrase = words.map(({ word }) => `'${lexeme(siteId, word)}'`).join(' <-> ');
    return [`(${phrase}${begins ? ':*' : ''})`];
  });
  return terms.length > 0 ? terms.join(' & ') : undefined;
}

/** The end of a UUIDv7 is random. */
function lexeme(siteId: string, word: string): string {
  return siteId.slice(-SITE_DIGITS) + word;
}
