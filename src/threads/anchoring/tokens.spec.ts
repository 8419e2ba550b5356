import fc from 'fast-check';
import { Break } from './breaks.js';
import { splitsPair } from './code-points.js';
import { tokenise, tokensIn } from './tokens.js';
import { Vocabulary } from './vocabulary.js';

function words(text: string): string[] {
  const tokens = tokenise(text, new Vocabulary());
  return Array.from(tokens.starts, (start, index) => text.slice(start, tokens.ends[index]));
}

/** True when two texts have the same tokens to the engine. */
function same(one: string, other: string): boolean {
  const vocabulary = new Vocabulary();
  const [first, second] = [one, other].map((text) => [...tokenise(text, vocabulary).ids]);
  return JSON.stringify(first) === JSON.stringify(second);
}

describe('tokenise', () => {
  it.each([
    ['words and signs', "It's 3.5 km, no?", ["It's", '3.5', 'km', ',', 'no', '?']],
    ['words with digits', 'the 1990s and G20', ['the', '1990s', 'and', 'G20']],
    ['Chinese, one character each', '我们走。', ['我', '们', '走', '。']],
    ['Thai, with its marks', 'น้ำดี', ['น้ำ', 'ดี'].flatMap((part) => part.match(/\P{M}\p{M}*/gu) ?? [])],
    ['Arabic', 'قال العمدة.', ['قال', 'العمدة', '.']],
    ['emoji with joiners, skin tones and flags', '👩‍👩‍👧👍🏽🇫🇷', ['👩‍👩‍👧', '👍🏽', '🇫🇷']],
    ['letters of the astral planes', '𝒳𐍈 𠮷', ['𝒳𐍈', '𠮷']],
  ])('reads %s', (_name, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it.each([
    ['quotes', '"so", she said', '“so”, she said'],
    ['guillemets', '"so"', '«so»'],
    ['apostrophes', "it's", 'it’s'],
    ['dashes', 'a -- b - c', 'a — b – c'],
    ['dots', 'so...', 'so…'],
    ['spaces', 'a b', 'a\u00a0\u2009 \nb'],
    ['case', 'The Mayor', 'the MAYOR'],
    ['ligatures', 'final flow', 'ﬁnal ﬂow'],
    ['composition', 'café', 'cafe\u0301'],
    ['soft hyphens and zero-width spaces', 'Donaudampf', 'Donau\u00addampf\u200b'],
    ['full width', 'G20', 'Ｇ２０'],
    ['directional marks', 'שלום', '\u200fשלום\u200f'],
  ])('sees no difference in %s', (_name, one, other) => {
    expect(same(one, other)).toBe(true);
    expect(same(one, `${other} more`)).toBe(false);
  });

  it('knows where sentences and paragraphs begin', () => {
    const text = 'One, "two." Three.\nFour';
    const { breaks } = tokenise(text, new Vocabulary());
    const before = (word: string) => breaks[words(text).indexOf(word)];
    expect(before('Three')).toBe(Break.sentence);
    expect(before('Four')).toBe(Break.paragraph);
    expect(before('two')).toBe(Break.clause);
    expect(before(',')).toBe(Break.none);
  });

  it('covers all but spaces and invisible characters, and splits no surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        const { starts, ends, length } = tokenise(text, new Vocabulary());
        let left = '';
        for (let at = 0; at <= length; at += 1) left += text.slice(ends[at - 1] ?? 0, starts[at] ?? text.length);
        expect(left.replace(/[\s\p{Cf}\p{M}\u0085]/gu, '')).toBe('');
        for (const bound of [...starts, ...ends]) expect(splitsPair(text, bound)).toBe(false);
      }),
    );
  });
});

describe('tokensIn', () => {
  it('counts a token that a range touches', () => {
    const tokens = tokenise('one two three', new Vocabulary());
    expect(tokensIn(tokens, 4, 7)).toEqual([1, 2]);
    expect(tokensIn(tokens, 2, 5)).toEqual([0, 2]);
    expect(tokensIn(tokens, 3, 4)).toEqual([1, 1]);
  });
});
