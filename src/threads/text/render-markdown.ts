import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { onlyMeantLinks, showLinks } from './links-in-markdown.js';
import { showMentions } from './mentions.js';
import { isPermittedUrl, LINK_REL } from './permitted-url.js';

/**
 * Everything a comment's html may consist of. Whatever Markdown made, the sanitiser lets nothing else pass.
 * br is void; everything else is closed.
 */
export const ALLOWED_HTML: Readonly<Record<string, readonly string[]>> = {
  p: [],
  br: [],
  em: [],
  strong: [],
  s: [],
  ul: [],
  ol: ['start'],
  li: [],
  blockquote: [],
  pre: [],
  code: [],
  a: ['href', 'rel'],
};

/** Deeper tags are dropped and their text kept: a page need not draw 1,000 quotes in each other. */
const MAX_DEPTH = 24;

const tag = (tagName: string, attribs: sanitizeHtml.Attributes = {}): sanitizeHtml.Tag => ({ tagName, attribs });

const sanitizer: sanitizeHtml.IOptions = {
  allowedTags: Object.keys(ALLOWED_HTML),
  allowedAttributes: { ol: ['start'], a: ['href', 'rel'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  nestingLimit: MAX_DEPTH,
  transformTags: {
    a: (_tag, { href = '' }) => (isPermittedUrl(href) ? tag('a', { href, rel: LINK_REL }) : tag('span')),
    ol: (_tag, { start = '' }) => tag('ol', /^\d{1,9}$/.test(start) ? { start } : {}),
  },
};

/** Built up from nothing: no html, images, headings, rules, tables, references, and no entities (`&#8238;` would undo the normalising). */
const markdown = new MarkdownIt('zero', { breaks: true, linkify: true, maxNesting: 100 }).enable([
  'blockquote',
  'list',
  'fence',
  'code',
  'newline',
  'escape',
  'backticks',
  'emphasis',
  'strikethrough',
  'link',
  'image',
  'autolink',
  'linkify',
]);
markdown.validateLink = isPermittedUrl;
// As typed: the library's own would decode %E2%80%AE into the override that it stands for.
markdown.normalizeLinkText = (url) => url;
markdown.use(onlyMeantLinks).use(showLinks).use(showMentions);
const code = (content: string): string => `<pre><code>${markdown.utils.escapeHtml(content)}</code></pre>\n`;
markdown.renderer.rules.fence = (tokens, index) => code(tokens[index]?.content ?? '');
markdown.renderer.rules.code_block = markdown.renderer.rules.fence;

/**
 * What could be more than text: a character of markup, one to escape, a host name or scheme, a list at a line's start,
 * spaces that Markdown takes away, control characters.
 */
const MARKUP =
  // eslint-disable-next-line no-control-regex
  /[*_`~[\]\\<>\0-\t\v-\x1f]|:\/\/|[^\s.]\.[^\s.\d]|mailto:|(?:^|\n)(?: |[+-](?:\s|$)|\d{1,9}[.)])| (?:\n|$)|^\n|\n$/i;

function renderPlain(body: string): string {
  return body
    .replace(/&/g, '&amp;')
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${paragraph.replace(/\n/g, '<br />\n')}</p>\n`)
    .join('');
}

/** Markdown through the parser and the sanitiser, without the short way. For comparison in specs. */
export function renderFully(body: string): string {
  return sanitizeHtml(markdown.render(body), sanitizer);
}

/**
 * A comment's Markdown as html that is safe to put into any page: paragraphs with their line breaks, emphasis,
 * strikethrough, lists, quotes, code and links. Everything else stays as it was typed.
 * Text without a character of markup skips parser and sanitiser; a property in the spec holds both ways equal.
 */
export function renderMarkdown(body: string): string {
  return MARKUP.test(body) ? renderFully(body) : renderPlain(body);
}
