import { excerptOf, plainTextOf } from './excerpt.js';
import { linksOf } from './links.js';
import { readBody } from './read-body.js';
import { renderMarkdown } from './render-markdown.js';

const links = (body: string) => linksOf(renderMarkdown(body), body);

describe('linksOf', () => {
  it.each<[string, string, string[]]>([
    ['none in plain text', 'no link. at all', []],
    ['a bare address', 'see https://A.example/x?a=1&b=2 there', ['a.example at https://A.example/x?a=1&b=2']],
    ['an address behind words', '[words](https://a.example/)', ['a.example at https://a.example/']],
    ['a name without its scheme', 'on www.a.example.com now', ['www.a.example.com at www.a.example.com']],
    ['one typed in Unicode', 'https://bücher.example/ü', ['xn--bcher-kva.example at https://bücher.example/ü']],
    ['a mail address', '<mailto:a@b.example>', ['b.example at mailto:a@b.example']],
    ['the same twice', 'https://a.de https://a.de', ['a.de at https://a.de', 'a.de at https://a.de']],
    ['an image', '![x](https://a.example/b.png)', ['a.example at https://a.example/b.png']],
    ['none in code', '`https://a.example`', []],
  ])('finds %s', (_what, body, expected) => {
    expect(links(body).map(({ host, start, end }) => `${host} at ${body.slice(start, end)}`)).toEqual(expected);
  });

  it('takes the first place where one address is spelled in two ways', () => {
    const [first, second] = links('www.a.de https://www.a.de');
    expect([first?.start, second?.start]).toEqual([0, 9]);
  });

  it('tells two links to one address by their places', () => {
    const [first, second] = links('https://a.de https://a.de');
    expect([first?.start, second?.start]).toEqual([0, 13]);
  });

  it('counts a link whose spelling it cannot find again', () => {
    expect(links('[x](https://a.example/ä\\_b)')).toEqual([{ url: 'https://a.example/%C3%A4_b', host: 'a.example' }]);
  });
});

describe('excerptOf', () => {
  it.each([
    ['tags and entities', '*a* & <b> "c"', 'a & <b> "c"'],
    ['blocks parted by a space', 'a\nb\n\n- c\n- d\n\n> e\n\n```\nf\n```', 'a b c d e f'],
    ['what looks like an entity', '&lt; &amp;lt;', '&lt; &amp;lt;'],
    ['words that emphasis ends in', 'un*believ*able', 'unbelievable'],
  ])('gives %s as text', (_what, body, text) => {
    expect(plainTextOf(renderMarkdown(body))).toBe(text);
    expect(excerptOf(renderMarkdown(body))).toBe(text);
  });

  it.each([
    ['one two three', 13, 'one two three'],
    ['one two three', 12, 'one two…'],
    ['one two three', 8, 'one two…'],
    ['one two three', 7, 'one…'],
    ['onetwothreefour', 8, 'onetwot…'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 3, '👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2, '👨‍👩‍👧‍👦…'],
  ])('cuts %j to %i', (body, length, text) => {
    expect(excerptOf(`<p>${body}</p>\n`, length)).toBe(text);
  });
});

describe('readBody', () => {
  it('gives text, html and links', () => {
    expect(readBody(' \nhello  \r\nwww.a.com ', 100)).toEqual({
      body: 'hello\nwww.a.com',
      html: '<p>hello<br />\n<a href="https://www.a.com" rel="nofollow ugc noopener">www.a.com</a></p>\n',
      links: [{ url: 'https://www.a.com', host: 'www.a.com', start: 6, end: 15 }],
    });
  });

  it.each([
    ['  ', 'empty'],
    ['>', 'empty'],
    ['- \n- ', 'empty'],
    ['~~~', 'empty'],
    ['a\ud800', 'malformed'],
    ['123456', 'too-long'],
  ])('refuses %j as %s', (raw, code) => {
    expect(readBody(raw, 5)).toMatchObject({ problem: { code } });
  });

  it('measures what is stored, in code points', () => {
    expect(readBody('\u200b😀😀e\u0301😀😀 \n', 5)).toMatchObject({ body: '😀😀é😀😀' });
  });
});
