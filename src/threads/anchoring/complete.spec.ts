import fc from 'fast-check';
import { splitsPair } from './code-points.js';
import { complete, CONTEXT_LENGTH } from './complete.js';
import { locate } from './locate.js';

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });

describe('complete', () => {
  it('quotes the text with at least 32 characters around it, or what there is', () => {
    const article = `${'a'.repeat(40)} the words ${'b'.repeat(10)}`;
    expect(complete(article, 41, 50)).toEqual({
      quote: {
        type: 'TextQuoteSelector',
        exact: 'the words',
        prefix: `${'a'.repeat(31)} `,
        suffix: ` ${'b'.repeat(10)}`,
      },
      position: { type: 'TextPositionSelector', start: 41, end: 50 },
    });
  });

  it('widens to whole characters where a bound or the context would split one', () => {
    const article = `${'😀'.repeat(20)}x${'😀'.repeat(20)}`;
    const { quote, position } = complete(article, 39, 42);
    expect(position).toMatchObject({ start: 38, end: 43 });
    expect(quote.exact).toBe('😀x😀');
    expect(complete(article, 41, 41).quote.prefix.length).toBeGreaterThanOrEqual(CONTEXT_LENGTH);
    expect(quote.prefix.isWellFormed() && quote.suffix.isWellFormed()).toBe(true);
  });

  it('counts UTF-16 code units and splits no surrogate pair, whatever is asked', () => {
    fc.assert(
      fc.property(text, fc.nat(220), fc.nat(220), (article, one, other) => {
        const { quote, position } = complete(article, Math.min(one, other), Math.max(one, other));
        expect(article.slice(position.start, position.end)).toBe(quote.exact);
        expect(article.slice(0, position.start).endsWith(quote.prefix)).toBe(true);
        expect(article.slice(position.end).startsWith(quote.suffix)).toBe(true);
        for (const index of [
          position.start,
          position.end,
          position.start - quote.prefix.length,
          position.end + quote.suffix.length,
        ])
          expect(splitsPair(article, index)).toBe(false);
      }),
    );
  });

  it('makes selectors that locate finds again', () => {
    fc.assert(
      fc.property(text, fc.nat(200), fc.integer({ min: 1, max: 60 }), (article, start, length) => {
        const { quote, position } = complete(article, start % article.length, (start % article.length) + length);
        fc.pre(quote.exact.trim() !== '');
        expect(locate(article, { quote, position })).toEqual({ start: position.start, end: position.end });
      }),
    );
  });
});
