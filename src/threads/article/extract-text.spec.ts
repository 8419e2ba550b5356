import { articleTextVectors } from '../../../test/vectors/article-text.js';
import { DomainError } from '../../platform/errors.js';
import { textOfHtml, textOfPlain } from './extract-text.js';

describe('the text of an article', () => {
  it.each(articleTextVectors)('$name', ({ html, text }) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it('has vectors of unlike names', () => {
    const names = articleTextVectors.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(100);
  });
});

describe('the text of an article that was sent as plain text', () => {
  it.each([
    ['line ends of every kind', 'one\r\ntwo\rthree\n\n\nfour\u2028five\u2029six', 'one\ntwo\nthree\nfour\nfive\nsix'],
    ['spaces', '  one \t two\u00a0\u00a0three  \n  four', 'one two three\nfour'],
    ['what is not seen', '\ufeffDonau\u00addampf\u200bschiff\u0000', 'Donaudampfschiff'],
    ['half of a surrogate pair', 'a\ud83d b 🚌', 'a\ufffd b 🚌'],
    ['markup, which is text here', '<p>a &amp; b</p>', '<p>a &amp; b</p>'],
    ['nothing', ' \n\u200b\n ', ''],
  ])('settles %s', (_, given, text) => {
    expect(textOfPlain(given)).toBe(text);
  });
});

describe('markup that is made to choke', () => {
  it.each([
    ['nests too deep', '<div>'.repeat(100_000)],
    ['repeats its unclosed tags', Array.from({ length: 20_000 }, (_, id) => `<p><b id=${id}>`).join('')],
    ['repeats unclosed tags of one name', '<p><font>'.repeat(100_000)],
  ])('is refused where it %s', (_, html) => {
    expect(() => textOfHtml(html)).toThrow(DomainError);
  });

  it('is told from much text that is merely broken', () => {
    expect(textOfHtml('<p><b><i>One</b> two</i>'.repeat(5_000))).toBe('One two\n'.repeat(5_000).trimEnd());
  });
});
