import fc from 'fast-check';
import { articleMarkup, articleWords } from '../../../test/vectors/article-markup.js';
import { textOfHtml, textOfPlain } from './extract-text.js';

const plain = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(articleWords).map((parts) => parts.join('')),
);

/** What is true of every text of an article. */
function expectSettled(text: string): void {
  expect(text).toBe(text.trim());
  expect(text).not.toMatch(/ {2}|\n\n| \n|\n /);
  expect(text).not.toMatch(/[^\S \n]|[\u00ad\u200b\ufeff]/);
  expect(text.isWellFormed()).toBe(true);
  expect(textOfPlain(text)).toBe(text);
}

describe('the text of any article', () => {
  it('is settled, of any markup', () => {
    fc.assert(
      fc.property(articleMarkup, (html) => expectSettled(textOfHtml(html))),
      { numRuns: 2_000 },
    );
  });

  it('is settled, of any characters', () => {
    fc.assert(
      fc.property(plain, (text) => expectSettled(textOfPlain(text))),
      { numRuns: 2_000 },
    );
  });

  it('stays the same when it becomes markup again', () => {
    const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const paragraphs = (text: string) => text.split('\n').map((line) => `<p>${escape(line)}</p>`);
    fc.assert(
      fc.property(plain, (given) => {
        const text = textOfPlain(given);
        expect(textOfHtml(paragraphs(text).join('\n'))).toBe(text);
        expect(textOfHtml(`<pre>${escape(text)}</pre>`)).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not see where inline elements, ads and scripts stand in a sentence', () => {
    const between = fc.constantFrom(
      '<b>',
      '</b>',
      '<i></i>',
      '<wbr>',
      '<!-- ad -->',
      '<script>1</script>',
      '<span data-postil-skip><p>Ad</p></span>',
    );
    const sentence = fc.array(fc.tuple(fc.constantFrom('Night', ' ', 'buses', '🚌', 'é', ',', '夜', '\n'), between));
    fc.assert(
      fc.property(sentence, (parts) => {
        const bare = parts.map(([word]) => word).join('');
        expect(textOfHtml(`<div>${parts.flat().join('')}</div>`)).toBe(textOfHtml(`<div>${bare}</div>`));
      }),
      { numRuns: 1_000 },
    );
  });
});
