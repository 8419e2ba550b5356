import { createHash } from 'node:crypto';
import { escapeMarkup as e } from '../../threads/index.js';

/** One style for all of them, known by its hash to the Content-Security-Policy. */
const STYLE = `
:root { color-scheme: light dark; --text: #1d1f23; --soft: #5d6470; --line: #d9dce1; --page: #fff; --link: #0b57a4; --on: #fff; --said: #e7f4ea }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e6ea; --soft: #a2a9b5; --line: #3a3f48; --page: #16181c; --link: #86b7f0; --on: #10141a; --said: #1d3324 }
}
body { margin: 0; background: var(--page); color: var(--text); font: 17px/1.55 system-ui, sans-serif }
main { max-width: 38rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line) }
a { color: var(--link) }
.site, .note { color: var(--soft); font-size: .875rem }
.site { margin: 0 }
.said { background: var(--said); padding: .6rem .8rem; border-radius: .35rem }
ul { margin: .5rem 0; padding-inline-start: 1.25rem }
.rows { list-style: none; padding: 0 }
.rows li { padding: .6rem 0; border-bottom: 1px solid var(--line) }
.rows li:last-child { border: 0 }
.rows form { margin-top: .35rem }
blockquote { margin: .75rem 0; padding: .1rem 0 .1rem .75rem; border-inline-start: 3px solid var(--line); white-space: pre-line }
label { display: block; margin: .6rem 0 }
select { display: block; font: inherit; max-width: 100%; padding: .4rem; color: inherit; background: var(--page); border: 1px solid var(--soft); border-radius: .35rem }
input { display: block; box-sizing: border-box; width: 100%; max-width: 22rem; font: inherit; padding: .45rem .6rem; color: inherit; background: var(--page); border: 1px solid var(--soft); border-radius: .35rem }
button { font: inherit; padding: .55rem 1rem; border: 1px solid var(--link); border-radius: .35rem; background: var(--link); color: var(--on); cursor: pointer }
button.quiet { background: none; color: var(--link) }
button:focus-visible, select:focus-visible, input:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
`;

const CSP = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Whoever has the address of such a page may change things: it is told to no other server, kept nowhere and found by nobody. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CSP,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow, noarchive',
};

export interface Page {
  status: number;
  lang: string;
  /** null: the link was none of ours. */
  siteName: string | null;
  title: string;
  /** Html. */
  body: string;
}

/** A whole page: no script, nothing to load. */
export function renderPage({ lang, siteName, title, body }: Page): string {
  const site = siteName === null ? '' : `<p class="site" dir="auto">${e(siteName)}</p>\n`;
  return `<!DOCTYPE html>
<html lang="${e(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${e(siteName === null ? title : `${title} · ${siteName}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${site}<h1 dir="auto">${e(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

export function paragraph(text: string, kind = ''): string {
  return `<p${kind === '' ? '' : ` class="${kind}"`} dir="auto">${e(text)}</p>`;
}

export function bullets(texts: readonly string[]): string {
  return `<ul>\n${texts.map((text) => `<li dir="auto">${e(text)}</li>`).join('\n')}\n</ul>`;
}

interface ButtonOptions {
  fields?: Readonly<Record<string, string>>;
  quiet?: boolean;
  /** What it is about, where several on a page say the same: read out with its label. */
  about?: string;
}

/** A form of one button. It goes to where the page came from; GET changes nothing. */
export function button(label: string, { fields = {}, quiet = false, about }: ButtonOptions = {}): string {
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${e(name)}" value="${e(value)}">`,
  );
  const named = about === undefined ? '' : ` aria-label="${e(`${label}: ${about}`)}"`;
  return `<form method="post">${hidden.join('')}<button${quiet ? ' class="quiet"' : ''}${named}>${e(label)}</button></form>`;
}
