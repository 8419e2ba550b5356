import fc from 'fast-check';
import { splitsPair } from './code-points.js';
import { complete } from './complete.js';
import { reanchor } from './reanchor.js';

/** Words of several scripts, astral characters and signs, and few enough of them to repeat. */
const word = fc.constantFrom(
  ...'the of and mayor tram harbour nine café ﬁnal 𝒳𐍈 😀 👩‍👩‍👧 🇫🇷 👍🏽 𠮷 电 车 กำ שלום قال e\u0301té co\u00adop "so" — … .'.split(
    ' ',
  ),
);
const space = fc.constantFrom(' ', ' ', ' ', '\n', '\u00a0', '');
const text = fc.array(fc.tuple(word, space), { minLength: 1, maxLength: 60 }).map((parts) => parts.flat().join(''));
const anything = fc.oneof(text, fc.string({ unit: 'binary', maxLength: 120 }));
const span = fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 80 }));

describe('reanchor, of any two texts', () => {
  it('answers with whole characters of the new text and the words that stand there', () => {
    fc.assert(
      fc.property(anything, anything, fc.array(span, { minLength: 1, maxLength: 5 }), (before, after, spans) => {
        const passages = spans.map(([at, length]) =>
          complete(before, at % (before.length + 1), (at % (before.length + 1)) + length),
        );
        const results = reanchor(before, after, passages);
        expect(results).toHaveLength(passages.length);
        for (const result of results) {
          const found = result.state === 'orphaned' ? result.suggestion : result;
          if (!found) continue;
          const { start, end } = found.selectors.position;
          expect(start).toBeLessThan(end);
          expect(splitsPair(after, start) || splitsPair(after, end)).toBe(false);
          expect(found.quote).toBe(after.slice(start, end));
          expect(found.selectors).toEqual(complete(after, start, end));
          expect(result.score).toBeGreaterThanOrEqual(0);
          expect(result.score).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every passage of an unchanged text where it is', () => {
    fc.assert(
      fc.property(text, span, (before, [at, length]) => {
        const passage = complete(before, at % before.length, (at % before.length) + length);
        fc.pre(/[\p{L}\p{N}\p{So}]/u.test(passage.quote.exact));
        const [result] = reanchor(before, before, [passage]);
        expect(result).toMatchObject({ state: 'anchored', score: 1 });
        expect(result).toHaveProperty('selectors.position', passage.position);
      }),
    );
  });

  it('moves every passage by what is put before the text, in UTF-16 code units', () => {
    fc.assert(
      fc.property(text, span, (before, [at, length]) => {
        const start = at % before.length;
        const passage = complete(before, start, start + length);
        fc.pre(/[\p{L}\p{N}\p{So}]/u.test(passage.quote.exact));
        const lead = 'Zorro 🦊𝔉 Quixote.\n';
        const [result] = reanchor(before, lead + before, [passage]);
        expect(result).toHaveProperty('selectors.position.start', passage.position.start + lead.length);
        expect(result).toHaveProperty('selectors.position.end', passage.position.end + lead.length);
      }),
    );
  });

  it('never attaches to words that the old text had elsewhere and the new one keeps there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }), (gone, twin) => {
        fc.pre(gone !== twin);
        const rows = Array.from(
          { length: 8 },
          (_, row) => `Paragraph ${row} tells of ${'abcdefgh'[row]!.repeat(5)} and what it did.`,
        );
        rows[gone] = rows[twin]!.replace('did', 'does');
        const before = rows.join('\n');
        const start = before.indexOf('does') - rows[gone].indexOf('does');
        const after = rows.filter((_, row) => row !== gone).join('\n');
        const [result] = reanchor(before, after, [complete(before, start, start + rows[gone].length)]);
        expect(result!.state).toBe('orphaned');
      }),
    );
  });
});
