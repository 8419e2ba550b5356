import fc from 'fast-check';
import { evasions, innocentTexts, listedWords } from '../../../test/vectors/screening/vectors.js';
import { scan, type Scan } from './scan.js';
import { digestOfText } from './text-digest.js';
import { WordMatcher } from './word-matcher.js';

const matcher = new WordMatcher([{ words: [...listedWords, '*wort*'], except: ['antwort'] }]);
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string());
const evasion = fc.constantFrom(...evasions.flatMap(([, cases]) => cases));
const innocent = fc.constantFrom(...innocentTexts);
const mixed = fc.array(
  fc.oneof(
    anyText,
    innocent,
    evasion.map(([, text]) => text),
  ),
  { maxLength: 8 },
);

describe('looking for words', () => {
  it('never throws, and names places within the text, in order', () => {
    fc.assert(
      fc.property(mixed, (parts) => {
        const text = parts.join('');
        const hits = matcher.find(scan(text));
        for (const { start, end } of hits) expect(0 <= start && start < end && end <= text.length).toBe(true);
        expect(hits.map(({ start }) => start)).toEqual(hits.map(({ start }) => start).sort((a, b) => a - b));
      }),
      { numRuns: 2_000 },
    );
  });

  /** In a Russian text a word of nothing but Russian letters is Russian. */
  const aside = innocent.filter((text) => !/\p{Script=Cyrillic}|\p{Script=Greek}/u.test(text));

  it('finds a disguised word where it stands, whatever stands before and after', () => {
    fc.assert(
      fc.property(aside, evasion, aside, (before, [word, text], after) => {
        const start = before.length + ' \n\n\n '.length;
        const whole = `${before} \n\n\n ${text} \n\n\n ${after}`;
        const hits = matcher.find(scan(whole)).filter((hit) => hit.word === word);
        const alone = matcher.find(scan(text)).filter((hit) => hit.word === word);
        expect(hits.map((hit) => whole.slice(hit.start, hit.end))).toEqual(
          alone.map((hit) => text.slice(hit.start, hit.end)),
        );
        expect(hits.map((hit) => hit.start - start)).toEqual(alone.map((hit) => hit.start));
      }),
      { numRuns: 2_000 },
    );
  });

  it('begins and ends a place at a letter that can be seen', () => {
    fc.assert(
      fc.property(evasion, ([, text]) => {
        for (const { start, end } of matcher.find(scan(text))) {
          expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
          expect(text.slice(start)).not.toMatch(/^\p{Default_Ignorable_Code_Point}/u);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Looks at letters while a text is searched, counted. */
function steps(words: WordMatcher, text: string): number {
  let count = 0;
  const counted = (from: Scan): Scan => ({
    ...from,
    elements: from.elements.map((element) => ({
      ...element,
      get letter() {
        count++;
        return element.letter;
      },
    })),
  });
  words.find(counted(scan(text)));
  return count;
}

describe('the work of looking for words', () => {
  const list = (length: number) => Array.from({ length }, (_, at) => `${at.toString(36).replace(/\d/g, 'q')}zzyx`);

  it.each([
    'innocent words ',
    'ass ',
    'a s ',
    'a-',
    'fu-ck-',
    'a',
    'f*ck ',
    'antwort',
    'wort',
    'i d i o ',
    '\u200ba',
    'ssa',
  ])('grows with the text alone: %j', (piece) => {
    const [short, long] = [1_000, 8_000].map((length) => steps(matcher, piece.repeat(length / piece.length)));
    expect(long).toBeLessThanOrEqual(8.5 * (short ?? 0));
  });

  it('does not grow with the list', () => {
    const text = 'The council met on Tuesday, and I am of a mind to do so too. '.repeat(30);
    expect(steps(new WordMatcher([{ words: list(20_000) }]), text)).toBe(
      steps(new WordMatcher([{ words: list(20) }]), text),
    );
  });
});

describe('the digest of a text', () => {
  const said = 'The council should let the night bus run again';

  it.each([
    'THE COUNCIL SHOULD LET THE NIGHT BUS RUN AGAIN!!!',
    'The  council, should let the night-bus run again …',
    'Тhe соuncil shоuld let the night bus run again',
    'The c0uncil should let the n1ght bus run agaaaain',
    'The coun\u200bcil should let the night bus run again',
    'Thé cöuncil shoüld let the night bus run again',
  ])('is that of %j too', (text) => {
    expect(digestOfText(text)).toBe(digestOfText(said));
  });

  it('is another of another text', () => {
    expect(digestOfText(`${said} soon`)).not.toBe(digestOfText(said));
  });

  it('is not of short texts, which many write', () => {
    expect(digestOfText('Me too!')).toBeNull();
    expect(digestOfText('')).toBeNull();
  });
});
