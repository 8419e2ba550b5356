import { evasions, innocentTexts, listedWords } from '../../../test/vectors/screening/vectors.js';
import { defaultWords } from './default-words.js';
import { scan } from './scan.js';
import { WordMatcher, type WordList } from './word-matcher.js';
import { problemOfWord } from './word-pattern.js';

const matcher = new WordMatcher([{ words: listedWords }]);

/** What is found, with the text of its place. */
function found(text: string, ...lists: WordList[]): string[] {
  return new WordMatcher(lists).find(scan(text)).map(({ word, start, end }) => `${word}: ${text.slice(start, end)}`);
}

describe('words in disguise', () => {
  it.each(evasions.map(([kind, cases]) => [cases.length, kind, cases] as const))(
    'are found in %i texts with %s',
    (_count, _kind, cases) => {
      const missed = cases.filter(([word, text]) => !matcher.find(scan(text)).some((hit) => hit.word === word));
      expect(missed).toEqual([]);
    },
  );

  it('are many', () => {
    expect(evasions.flatMap(([, cases]) => cases).length).toBeGreaterThan(800);
    expect(new Set(evasions.flatMap(([, cases]) => cases.map(([, text]) => text))).size).toBeGreaterThan(800);
  });

  it.each([
    ['plain', 'you idiot', []],
    ['capitals', 'you IDIOT', []],
    ['a letter of another alphabet', 'you іdiot', ['look-alike']],
    ['a digit', 'you 1diot', ['digits']],
    ['drawn out', 'you idiooot', ['repeated']],
    ['nothing that is seen', 'you id\u200biot', ['invisible']],
    ['spelled out', 'you i d i o t', ['spaced']],
    ['in two', 'you idio t', ['split']],
    ['with stars', 'you id*ot', ['masked']],
  ])('say how: %s', (_what, text, disguises) => {
    expect(matcher.find(scan(text)).map((hit) => hit.disguises)).toEqual([disguises]);
  });
});

describe('innocent texts', () => {
  it(`are left alone, ${innocentTexts.length} of them, by the list of the evasions`, () => {
    expect(innocentTexts.length).toBeGreaterThan(500);
    expect(innocentTexts.filter((text) => matcher.find(scan(text)).length > 0)).toEqual([]);
  });

  it(`are left alone, ${innocentTexts.length} of them, by the ${defaultWords('en').length} words that sites begin with`, () => {
    const words = defaultWords('en');
    expect(words.length).toBeGreaterThan(350);
    const english = new WordMatcher([{ words, language: 'en' }]);
    expect(innocentTexts.filter((text) => english.find(scan(text)).length > 0)).toEqual([]);
  });
});

describe('a list of words', () => {
  it.each<[string, string, WordList, string[]]>([
    ['whole words alone', 'classic ass', { words: ['ass'] }, ['ass: ass']],
    ['a beginning', 'idiots and idiotic idioms', { words: ['idiot*'] }, ['idiot*: idiot', 'idiot*: idiot']],
    ['an end', 'superidiot', { words: ['*idiot'] }, ['*idiot: idiot']],
    ['anywhere', 'superidiotic', { words: ['*idiot*'] }, ['*idiot*: idiot']],
    ['several words', 'Go  to HELL!', { words: ['go to hell'] }, ['go to hell: Go  to HELL']],
    ['not what is excepted', 'Scunthorpe cunts', { words: ['*cunt*'], except: ['scunthorpe'] }, ['*cunt*: cunt']],
    ['not what is excepted in disguise', 'Scuntһorpe', { words: ['*cunt*'], except: ['scunthorpe'] }, []],
    ['an umlaut that its language has', 'Es ist schwül', { words: ['schwul'], language: 'de' }, []],
    ['an umlaut that its language has not', 'fück', { words: ['fuck'], language: 'en' }, ['fuck: fück']],
    ['a word without the marks it should have', 'cabron', { words: ['cabrón'], language: 'es' }, ['cabrón: cabron']],
    ['Russian', 'Ты мразь', { words: ['мразь'] }, ['мразь: мразь']],
    ['a word of look-alikes in a Russian text', 'Дворник убрал сор', { words: ['cop'] }, []],
    ['a word of look-alikes in an English text', 'the сор came', { words: ['cop'] }, ['cop: сор']],
    ['Chinese, without spaces', '你是傻逼吗', { words: ['傻逼'] }, ['傻逼: 傻逼']],
    ['the longer first', 'shit head', { words: ['shit', 'shit head'] }, ['shit head: shit head', 'shit: shit']],
  ])('finds %s', (_what, text, list, expected) => {
    expect(found(text, list)).toEqual(expected);
  });

  it('is told from other lists', () => {
    const hits = new WordMatcher([{ words: ['one', 'two'] }, { words: ['two'] }]).find(scan('one two'));
    expect(hits.map(({ list, word }) => [list, word])).toEqual([
      [0, 'one'],
      [0, 'two'],
      [1, 'two'],
    ]);
  });

  it('finds no more than 50 places', () => {
    expect(found('ass '.repeat(500), { words: ['ass'] })).toHaveLength(50);
  });

  it.each(['', ' ', '*', '**', '...', 'a*b', '***a', '🙂', '455', 'a'.repeat(101), 'a b c d e f g h i j k'])(
    'cannot have the word %j',
    (word) => {
      expect(problemOfWord(word)).toMatch(/^(has|is) /);
      expect(new WordMatcher([{ words: [word] }]).find(scan('a b c 455'))).toEqual([]);
    },
  );
});
