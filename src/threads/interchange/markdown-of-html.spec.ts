import fc from 'fast-check';
import { normaliseBody } from '../text/normalise-text.js';
import { renderMarkdown } from '../text/render-markdown.js';
import { escaped, lineStarts, markdownOfHtml } from './markdown-of-html.js';

describe('markdownOfHtml', () => {
  it.each([
    ['paragraphs', '<p>one</p><p>two</p>', 'one\n\ntwo'],
    ['text without any', 'one\n   two', 'one two'],
    ['line breaks', '<p>one<br>two<br />\nthree</p>', 'one\ntwo\nthree'],
    ['emphasis by any tag', '<p><i>a</i> <b>b</b> <del>c</del></p>', '*a* **b** ~~c~~'],
    ['spaces out of emphasis', '<p>a<em> b </em>c</p>', 'a *b* c'],
    ['emphasis of nothing', '<p>a<em></em>b</p>', 'ab'],
    ['lists', '<ul><li>a</li><li>b<ol start="3"><li>c</li></ol></li></ul>', '- a\n- b\n  3. c'],
    ['lists of paragraphs', '<ol><li><p>a</p></li><li><p>b</p><p>c</p></li></ol>', '1. a\n\n2. b\n\n   c'],
    ['two lists', '<ul><li>a</li></ul><ul><li>b</li></ul>', '- a\n\n+ b'],
    ['items without a list', '<li>a</li>', '- a'],
    ['quotes', '<blockquote><p>a</p><blockquote>b</blockquote></blockquote>', '> a\n>\n> > b'],
    ['code', '<p><code>a `b` *c*</code></p>', '``a `b` *c*``'],
    ['code blocks', '<pre><code>a\n  ```\n</code></pre>', '````\na\n  ```\n````'],
    ['links', '<p><a href="https://a.example/x_y">b_c</a></p>', '[b\\_c](<https://a.example/x_y>)'],
    ['links that show where they go', '<a href="https://a.example">https://a.example</a>', '<https://a.example>'],
    ['links to where none may go', '<a href="javascript:alert(1)">x</a><a href="//e.example">y</a>', 'xy'],
    ['images as links', '<img src="https://a.example/b.png" alt="c">', '[c](<https://a.example/b.png>)'],
    ['headings as strong lines', '<h1>a</h1><p>b</p>', '**a**\n\nb'],
    [
      'characters of Markdown as text',
      '<p>*a* [b](c) \\ ~~d~~ &lt;e&gt; `f`</p>',
      '\\*a\\* \\[b\\](c) \\\\ \\~\\~d\\~\\~ \\<e\\> \\`f\\`',
    ],
    ['what looks like a list as text', '<p>1. a<br>- b<br>2) c</p>', '1\\. a\n\\- b\n2\\) c'],
    ['no scripts, styles, comments', 'a<script>b</script><style>c</style><!-- d -->', 'a'],
    ['divisions as paragraphs', '<div>a<div>b</div></div>', 'a\n\nb'],
  ])('%s', (_what, html, markdown) => {
    expect(markdownOfHtml(html)).toBe(markdown);
  });

  const word = fc.stringMatching(/^[a-z]{1,5}$/);
  const plain = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
  const sharp = fc.string({ unit: fc.constantFrom(...'ab *_~`[]()<>!\\#-+1.&;:"'), minLength: 1, maxLength: 12 });
  const address = fc.webUrl({ withQueryParameters: true, withFragments: true });
  const span = fc.oneof(
    plain,
    plain.map((text) => `*${text}*`),
    plain.map((text) => `**${text}**`),
    plain.map((text) => `~~${text}~~`),
    plain.map((text) => `\`${text}\``),
    fc.tuple(plain, address).map(([text, url]) => `[${text}](<${url}>)`),
    fc.constant('\n'),
  );
  const paragraph = fc.array(span, { minLength: 1, maxLength: 5 }).map((spans) => spans.join(' '));
  const { block } = fc.letrec<{ block: string }>((tie) => ({
    block: fc.oneof(
      { maxDepth: 2 },
      paragraph,
      plain.map((text) => `\`\`\`\n${text}\n  ${text}\n\`\`\``),
      fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((inner) => indented(inner.join('\n\n'), '> ', '> ')),
      fc
        .array(tie('block'), { minLength: 1, maxLength: 3 })
        .map((items) => items.map((item) => indented(item, '- ', '  ')).join('\n\n')),
      fc
        .array(plain, { minLength: 1, maxLength: 3 })
        .map((items) => items.map((item, n) => `${n + 4}. ${item}`).join('\n')),
    ),
  }));

  it('gives back Markdown that renders to the same html', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 4 }), (made) => {
        const html = renderMarkdown(made.join('\n\n'));
        expect(renderMarkdown(markdownOfHtml(html))).toBe(html);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps text as text, whatever characters it has', () => {
    fc.assert(
      fc.property(sharp, (text) => {
        const body = normaliseBody(lineStarts(escaped(text.trim())));
        const html = 'body' in body ? renderMarkdown(body.body) : '';
        const shown = html
          .replace(/<[^>]*>/g, '')
          .replace(/&lt;/g, '<')
          .replace(/&gt;/g, '>')
          .replace(/&quot;/g, '"')
          .replace(/&amp;/g, '&');
        expect(shown.trim().replace(/ +/g, ' ')).toBe(text.trim().replace(/ +/g, ' '));
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes time by the length of runs of spaces and lines, not by its square', () => {
    const begun = performance.now();
    markdownOfHtml(`<em>a${'<br>'.repeat(60_000)}b</em>`);
    markdownOfHtml(`<p>a${'<em> </em>'.repeat(60_000)}b</p>`);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

function indented(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, n) => `${n === 0 ? first : others}${line}`)
    .join('\n');
}
