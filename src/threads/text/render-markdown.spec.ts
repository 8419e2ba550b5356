import fc from 'fast-check';
import { renderFully, renderMarkdown } from './render-markdown.js';

const a = (href: string, text = href): string => `<a href="${href}" rel="nofollow ugc noopener">${text}</a>`;
const p = (text: string): string => `<p>${text}</p>\n`;

describe('renderMarkdown', () => {
  it.each([
    ['paragraphs', 'one\n\ntwo', p('one') + p('two')],
    ['line breaks', 'one\ntwo', p('one<br />\ntwo')],
    ['emphasis', '*a* __b__ ~~c~~', p('<em>a</em> <strong>b</strong> <s>c</s>')],
    ['lists', '- a\n- b\n\n3. c', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start="3">\n<li>c</li>\n</ol>\n'],
    ['quotes', '> a\n> > b', '<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>\n'],
    ['code', 'a `<b>` c', p('a <code>&lt;b&gt;</code> c')],
    ['fenced code, its language dropped', '```js\n<b>*x*\n```', '<pre><code>&lt;b&gt;*x*\n</code></pre>\n'],
    ['indented code', '    x < y', '<pre><code>x &lt; y\n</code></pre>\n'],
    ['links, their title dropped', '[a](https://b.example "c")', p(a('https://b.example', 'a'))],
    ['escapes', '\\*a\\* \\[b](https://c.example)', p(`*a* [b](${a('https://c.example')})`)],
    ['headings as text', '# a\n\nb\n===\n\nc\n---', p('# a') + p('b<br />\n===') + p('c<br />\n---')],
    ['rules as text', '***', p('***')],
    ['tables as text', '|a|b|\n|-|-|\n|c|d|', p('|a|b|<br />\n|-|-|<br />\n|c|d|')],
    ['html as text', '<b onclick="x()">a</b>', p('&lt;b onclick="x()"&gt;a&lt;/b&gt;')],
    ['entities as typed', '&lt; &#8238; &amp;', p('&amp;lt; &amp;#8238; &amp;amp;')],
    ['references as text', '[a]: https://b.example', p(`[a]: ${a('https://b.example')}`)],
    ['images as links', '![a *b*](https://c.example/d.png)', p(a('https://c.example/d.png', 'a b'))],
    ['images without a text', '![](https://c.example/d.png)', p(a('https://c.example/d.png'))],
    ['images in links as their text', '[![a](https://b.example)](https://c.example)', p(a('https://c.example', 'a'))],
    ['images from nowhere', '![a](javascript:x)', p('![a](javascript:x)')],
    [
      'links that show nothing',
      '[](https://a.example) [ ](https://a.example)',
      p(`${a('https://a.example')} ${a('https://a.example')}`),
    ],
    ['links to nowhere', '[a]() [b](/c) [d](//e.example)', p('a [b](/c) [d](//e.example)')],
    [
      'autolinks',
      '<https://a.example> <mailto:a@b.example>',
      p(`${a('https://a.example')} ${a('mailto:a@b.example')}`),
    ],
    ['bare addresses', 'see https://a.example/b_c_d(e).', p(`see ${a('https://a.example/b_c_d(e)')}.`)],
    [
      'bare names of hosts, by https',
      'www.a.de b.com/c, d.co.uk',
      p(
        [
          a('https://www.a.de', 'www.a.de'),
          `${a('https://b.com/c', 'b.com/c')},`,
          a('https://d.co.uk', 'd.co.uk'),
        ].join(' '),
      ),
    ],
    [
      'no link in names of files and missing spaces',
      'README.md a.txt x.py did it.so we 3.5 e.g.x',
      p('README.md a.txt x.py did it.so we 3.5 e.g.x'),
    ],
    ['no link in mail addresses', 'me@a.com', p('me@a.com')],
    [
      'no encoded direction marks in what is shown',
      'https://a.example/%E2%80%AEgpj',
      p(a('https://a.example/%E2%80%AEgpj')),
    ],
    [
      'hosts in Unicode by their real name',
      '[a](https://аррlе.example)',
      p(a(new URL('https://аррlе.example').origin, 'a')),
    ],
  ])('%s', (_what, body, html) => {
    expect(renderMarkdown(body)).toBe(html);
  });

  it.each([
    'ftp://a.com',
    'file:///etc/passwd',
    '[a](ftp://b.com)',
    '[a](https://good.com@evil.com)',
    'https://good.com:x@evil.com',
    '[a](https:b.com)',
    '[a](https:///b.com)',
    '[a](data:text/html,x)',
    '[a](HTTPS://)',
    '[a](mailto:b)',
    '[a](#b)',
  ])('makes no link to %s', (body) => {
    expect(renderMarkdown(body)).not.toMatch(/<a href="(?!https:\/\/(?:good|evil)\.com")/);
    expect(renderMarkdown(body)).not.toContain('@evil.com"');
  });

  it('gives the same by the short way as through parser and sanitiser', () => {
    const plainish = fc.string({
      unit: fc.oneof(
        {
          weight: 4,
          arbitrary: fc.constantFrom('a', 'B', ' ', '\n', '\n\n', '.', ',', 'com', '"', "'", '&', 'é', '1'),
        },
        {
          weight: 1,
          arbitrary: fc.constantFrom('-', '+', ')', '#', '=', ':', '//', 'http', 'mailto', '@', '!', '|', '\t', '('),
        },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
      ),
      maxLength: 40,
    });
    fc.assert(
      fc.property(plainish, (body) => {
        expect(renderMarkdown(body)).toBe(renderFully(body));
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('renderMarkdown under attack', () => {
  const N = 10_000;
  const fill = (text: string): string => text.repeat(Math.ceil(N / text.length)).slice(0, N);
  const around = (open: string, inner: string, close: string): string => fill(open) + inner + fill(close);
  const stairs = (step: (depth: number) => string): string => Array.from({ length: 140 }, (_, i) => step(i)).join('\n');

  const bombs: [string, string][] = [
    ...[
      '>',
      '> ',
      '*',
      '_',
      '[',
      '(',
      '![',
      '[](',
      '`',
      '~',
      '<',
      '<http://a',
      '\\',
      '- ',
      '1. ',
      '> - ',
      '>\n',
      '```\n',
    ].map((text): [string, string] => [text, fill(text)]),
    ...[
      '*a_ ',
      '**a ',
      '[a](http://b.com)',
      '![a](http://b.com) ',
      '[a](<b',
      'http://',
      'a.com ',
      'a.',
      'a-',
      'a@',
      'a:',
    ].map((text): [string, string] => [text, fill(text)]),
    ['nested emphasis', around('*a ', '', ' a*')],
    ['nested links', around('[', 'x', '](http://b.com)')],
    ['a long path', `http://a.com/${fill('[(')}`],
    ['a staircase of lists', stairs((depth) => `${' '.repeat(depth * 2)}- x`)],
    ['a staircase of quotes', stairs((depth) => `${'>'.repeat(depth)} x`)],
    ['backticks of every length', stairs((depth) => '`'.repeat(depth))],
  ];

  it.each(bombs)('stays quick and shallow with %j', (_name, body) => {
    const start = performance.now();
    const html = renderMarkdown(body);
    // Measured: below 30 ms for the worst of them; the limit stands between that and anything quadratic.
    expect(performance.now() - start).toBeLessThan(1000);
    expect(html.length).toBeLessThan(body.length * 12);
    let depth = 0;
    for (const [, close, name] of html.matchAll(/<(\/?)([a-z]+)/g)) {
      if (name !== 'br') depth += close === '/' ? -1 : 1;
      expect(depth).toBeLessThanOrEqual(24);
    }
    expect(depth).toBe(0);
  });
});
