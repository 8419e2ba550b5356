import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { readBody } from './read-body.js';
import { ALLOWED_HTML, renderFully, renderMarkdown } from './render-markdown.js';

/** What an HTML parser (another version than the sanitiser's) sees in the html that a comment may not hold. */
function forbiddenIn(html: string): string[] {
  const wrong: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      const allowed = ALLOWED_HTML[name];
      if (allowed === undefined) return void wrong.push(`<${name}>`);
      for (const attribute of Object.keys(attributes)) {
        if (!allowed.includes(attribute)) wrong.push(`<${name} ${attribute}>`);
      }
      if (name === 'ol' && !/^\d*$/.test(attributes['start'] ?? '')) wrong.push('a start that is no number');
      if (name !== 'a') return;
      const { href = '', rel } = attributes;
      if (rel !== 'nofollow ugc noopener') wrong.push('a link without rel');
      const scheme = URL.canParse(href) ? new URL(href).protocol : 'none';
      if (!['http:', 'https:', 'mailto:'].includes(scheme)) wrong.push(`a link by ${scheme}`);
    },
    oncomment: () => void wrong.push('a comment'),
    onprocessinginstruction: (name) => void wrong.push(`<${name}`),
    oncdatastart: () => void wrong.push('CDATA'),
  });
  parser.end(html);
  return wrong;
}

const SCRIPTS = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  'java\0script:alert(1)',
  '\u0001javascript:alert(1)',
  '\u00a0javascript:alert(1)',
  'javascript\u200b:alert(1)',
  'javascript&colon;alert(1)',
  'javascript&#58;alert(1)',
  '&#106;avascript:alert(1)',
  '&#x6A;avascript:alert(1)',
  '&#0000106avascript:alert(1)',
  'java&Tab;script:alert(1)',
  'java&NewLine;script:alert(1)',
  'javascript%3Aalert(1)',
  '%6aavascript:alert(1)',
  'javascript\\:alert(1)',
  'java\\script:alert(1)',
  'javascript://example.org/%0aalert(1)',
  'jav\u0430script:alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'data:image/png;base64,AAAA',
  'data:image/svg+xml,<svg onload=alert(1)>',
  'blob:https://example.org/1',
  'file:///etc/passwd',
  'feed:javascript:alert(1)',
  'view-source:javascript:alert(1)',
  'intent://x#Intent;scheme=javascript;end',
  '//evil.example/x.js',
  '\\\\evil.example',
  'https:javascript:alert(1)',
];

/** Each address in each place where Markdown takes one. */
const ADDRESSES = SCRIPTS.flatMap((url) => [
  `[a](${url})`,
  `[a](<${url}>)`,
  `![a](${url})`,
  `<${url}>`,
  url,
  `[a]: ${url}\n\n[a]`,
]);

const MARKUP = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img src=x onerror=alert(1)//',
  '<img """><script>alert(1)</script>">',
  '<svg/onload=alert(1)>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="https://a.example" onclick="alert(1)">x</a>',
  '<body onload=alert(1)>',
  '<input autofocus onfocus=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<video><source onerror=alert(1)>',
  '<object data="javascript:alert(1)">',
  '<embed src="javascript:alert(1)">',
  '<form action="javascript:alert(1)"><button>x',
  '<base href="javascript:alert(1)//">',
  '<link rel=stylesheet href=//evil.example>',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '<style>@import "//evil.example"</style>',
  '<div style="background:url(javascript:alert(1))">',
  '<textarea><script>alert(1)</script>',
  '<title><script>alert(1)</script></title>',
  '<xmp><script>alert(1)</script></xmp>',
  '<plaintext><script>alert(1)</script>',
  '<template><script>alert(1)</script></template>',
  '<option><script>alert(1)</script></option>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<!-- --!><script>alert(1)</script>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml version="1.0"?><script>alert(1)</script>',
  '<!DOCTYPE html [<!ENTITY x "y">]>',
  '</p></div><script>alert(1)</script>',
  '< script >alert(1)</ script >',
  '<\u0000script>alert(1)</script>',
  '\uff1cscript\uff1ealert(1)\uff1c/script\uff1e',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
  '`<script>alert(1)</script>`',
  '```\n</code></pre><script>alert(1)</script>\n```',
  '```"><script>alert(1)</script>\nx\n```',
  '``` js" onclick="alert(1)\nx\n```',
  '    </code></pre><script>alert(1)</script>',
  '> <script>alert(1)</script>',
  '- <img src=x onerror=alert(1)>',
  '**<b onmouseover=alert(1)>x</b>**',
  '[<img src=x onerror=alert(1)>](https://a.example)',
  '![" onerror="alert(1)](https://a.example/x.png)',
  '![a](https://a.example/x.png" onerror="alert(1))',
  '[a](https://a.example "x" onclick="alert(1)")',
  '[a](https://a.example \'x" onclick="alert(1)\')',
  '[a](https://a.example/"onmouseover="alert(1))',
  '[a](<https://a.example/" onmouseover="alert(1)">)',
  'https://a.example/"onmouseover="alert(1)',
  "https://a.example/'onmouseover='alert(1)",
  'https://a.example/<script>alert(1)</script>',
  'www.a.com/"><script>alert(1)</script>',
  '<https://a.example/"onclick="alert(1)>',
  '<https://a.example"><script>alert(1)</script>',
  '[a](https://a.example/`<script>`)',
  '[![a](javascript:alert(1))](javascript:alert(1))',
  '[a\\](javascript:alert(1))](https://a.example)',
  '[https://a.example](javascript:alert(1))',
  '[a](mailto:x@a.example?subject="><script>alert(1)</script>)',
  '999999999. <script>alert(1)</script>',
  '1" onclick="alert(1). x',
];

describe('hostile text', () => {
  it('is a corpus of hundreds', () => {
    expect(ADDRESSES.length + MARKUP.length).toBeGreaterThan(250);
  });

  it.each([...MARKUP, ...ADDRESSES])('renders %j harmless', (raw) => {
    expect(forbiddenIn(renderMarkdown(raw))).toEqual([]);
    expect(forbiddenIn(renderFully(raw))).toEqual([]);
    const read = readBody(raw, 10_000);
    if ('html' in read) expect(forbiddenIn(read.html)).toEqual([]);
  });

  it.each(ADDRESSES)('makes no link of %j but to a host', (raw) => {
    for (const [, href = ''] of renderMarkdown(raw).matchAll(/href="([^"]*)"/g)) {
      expect(decodeURIComponent(href.toLowerCase())).toMatch(/^https?:\/\/(?:example\.org|evil\.example)/);
    }
  });

  it('lets nothing but the allowed html out, whatever comes in', () => {
    const pieces = [
      ...[
        '](',
        'javascript:',
        'https://a.com',
        'data:',
        '<script>',
        '<img src=x onerror=',
        '&#106;',
        '```\n',
        '> ',
        '- ',
      ],
      ...[
        'www.a.com',
        '" onclick="',
        '\n\n    ',
        '<!--',
        '<![CDATA[',
        '![',
        'mailto:a@b.c',
        '%00',
        '\u202e',
        '\0',
        '\ud800',
      ],
    ];
    const markup = fc.string({
      unit: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...'*_`~[]()<>!#-+=|\\:/."\'& \n\tax1') },
        { weight: 2, arbitrary: fc.constantFrom(...pieces) },
      ),
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.oneof(markup, fc.string({ unit: 'binary' })), (body) => {
        expect(forbiddenIn(renderMarkdown(body))).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });

  it('is seen by this check', () => {
    const bad = [
      '<script>',
      '<p onclick="x">',
      '<a href="javascript:x" rel="nofollow ugc noopener">',
      '<a href="https://a.b">',
      '<!-- -->',
    ];
    for (const html of bad) expect(forbiddenIn(html)).not.toEqual([]);
  });
});
