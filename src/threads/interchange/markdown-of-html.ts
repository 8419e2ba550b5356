import sanitizeHtml from 'sanitize-html';
import { decodeEntities } from '../text/excerpt.js';
import { isPermittedUrl } from '../text/permitted-url.js';

interface Element {
  tag: string;
  attribute: string;
  children: Node[];
}
type Node = string | Element;

const BLOCKS: ReadonlySet<string> = new Set(['p', 'ul', 'ol', 'li', 'blockquote', 'pre']);
const rename = (tagName: string) => () => ({ tagName, attribs: {} });
const renamed = (from: readonly string[], to: string) => Object.fromEntries(from.map((tag) => [tag, rename(to)]));

/** Whatever a body may hold, brought to the few tags that a comment can have, balanced and escaped in one way. */
const PLAIN: sanitizeHtml.IOptions = {
  allowedTags: ['p', 'br', 'em', 'strong', 's', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'a'],
  allowedAttributes: { ol: ['start'], a: ['href'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  nestingLimit: 24,
  transformTags: {
    ...renamed(['i', 'cite', 'dfn'], 'em'),
    ...renamed(['b', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'], 'strong'),
    ...renamed(['del', 'strike'], 's'),
    ...renamed(['kbd', 'samp', 'tt'], 'code'),
    ...renamed(['div', 'section', 'article', 'figure', 'figcaption', 'dl', 'dt', 'dd', 'tr'], 'p'),
    img: (_tag, { src = '', alt = '' }) => {
      const href: sanitizeHtml.Attributes = isPermittedUrl(src) ? { href: src } : {};
      return { tagName: 'href' in href ? 'a' : 'span', attribs: href, text: alt || (href['href'] ?? '') };
    },
  },
};

/** Tags as the sanitiser writes them, and the text between. */
const PIECES = /<(\/?)([a-z0-9]+)([^>]*)>|[^<]+/g;

/**
 * A comment's Markdown from html that somebody else made, so that it is rendered by the one renderer that there is.
 * What that can't show (tables, images, headings) comes as text, links and strong words. Of html that the renderer made
 * itself the Markdown gives the same html again, which a property in the spec holds.
 */
export function markdownOfHtml(html: string): string {
  const sanitised = sanitizeHtml(html, PLAIN);
  const root: Element = { tag: '', attribute: '', children: [] };
  const open = [root];
  for (const [piece, closing, tag = '', attributes = ''] of sanitised.matchAll(PIECES)) {
    const inside = open.at(-1) ?? root;
    if (closing === undefined) inside.children.push(decodeEntities(piece));
    else if (closing === '/') open.length = Math.max(1, open.length - 1);
    else {
      const element = { tag, attribute: decodeEntities(/="([^"]*)"/.exec(attributes)?.[1] ?? ''), children: [] };
      inside.children.push(element);
      if (tag !== 'br') open.push(element);
    }
  }
  return blocks(root.children).join('\n\n');
}

/** Each block's lines, without its surroundings. Text between blocks is a paragraph. */
function blocks(nodes: readonly Node[]): string[] {
  const made: string[] = [];
  let line: Node[] = [];
  let listBefore = false;
  let marker = 0;
  const paragraph = () => {
    const text = inline(line).trim();
    line = [];
    if (text === '') return;
    made.push(lineStarts(text));
    listBefore = false;
  };
  for (const node of nodes) {
    if (typeof node === 'string' || !BLOCKS.has(node.tag)) {
      line.push(node);
      continue;
    }
    paragraph();
    if (node.tag === 'p') made.push(...blocks(node.children));
    else if (node.tag === 'pre') made.push(fence(textOf(node)));
    else if (node.tag === 'blockquote') made.push(prefixed(blocks(node.children).join('\n\n'), '> ', '> '));
    else {
      // Two lists in a row are two by their markers alone.
      marker = listBefore ? 1 - marker : 0;
      made.push(list(node.tag === 'li' ? { ...node, tag: 'ul', children: [node] } : node, marker));
    }
    listBefore = node.tag === 'ul' || node.tag === 'ol' || node.tag === 'li';
  }
  paragraph();
  return made;
}

function list({ tag, attribute, children }: Element, marker: number): string {
  const items = children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  const loose = items.some((item) => typeof item !== 'string' && item.children.some((child) => isTag(child, 'p')));
  const first = /^\d{1,9}$/.test(attribute) ? Number(attribute) : 1;
  const lines = items.map((item, n) => {
    const begin = tag === 'ol' ? `${first + n}${marker === 0 ? '.' : ')'} ` : marker === 0 ? '- ' : '+ ';
    const inner = blocks(isTag(item, 'li') ? item.children : [item]);
    return prefixed(inner.join(loose ? '\n\n' : '\n'), begin, ' '.repeat(begin.length));
  });
  return lines.join(loose ? '\n\n' : '\n');
}

const isTag = (node: Node, tag: string): node is Element => typeof node !== 'string' && node.tag === tag;

function prefixed(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, n) => `${n === 0 ? first : others}${line}`.trimEnd())
    .join('\n');
}

function inline(nodes: readonly Node[]): string {
  return nodes
    .map((node) => (typeof node === 'string' ? escaped(node.replace(/\s+/g, ' ')) : inlineElement(node)))
    .join('')
    .split('\n')
    .map((line, n, lines) => withoutSpaces(line, n > 0, n < lines.length - 1))
    .join('\n');
}

/** By hand: a pattern looks at a run of spaces once for each of them. */
function withoutSpaces(line: string, atBegin: boolean, atEnd: boolean): string {
  let [from, to] = [0, line.length];
  while (atBegin && from < to && line[from] === ' ') from += 1;
  while (atEnd && from < to && line[to - 1] === ' ') to -= 1;
  return line.slice(from, to);
}

function inlineElement(node: Element): string {
  if (node.tag === 'br') return '\n';
  if (node.tag === 'code') return code(textOf(node).replace(/\s+/g, ' '));
  const inner = inline(node.children);
  if (node.tag === 'a') return link(node, inner);
  const mark = { em: '*', strong: '**', s: '~~' }[node.tag];
  const words = inner.trim();
  if (mark === undefined || words === '') return inner;
  const begin = inner.length - inner.trimStart().length;
  return `${inner.slice(0, begin)}${mark}${words}${mark}${inner.slice(begin + words.length)}`;
}

function link(node: Element, inner: string): string {
  const href = node.attribute;
  if (!isPermittedUrl(href)) return inner;
  const shown = textOf(node);
  if ((shown === href || shown.trim() === '') && !/[\s<>]/.test(href)) return `<${href}>`;
  return `[${inner.trim()}](<${href.replace(/[\\<>]/g, '\\$&').replace(/\s/g, '%20')}>)`;
}

function code(text: string): string {
  if (text.trim() === '') return text;
  const ticks = '`'.repeat(longest(text, /`+/g) + 1);
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${ticks}${pad}${text}${pad}${ticks}`;
}

function fence(text: string): string {
  const ticks = '`'.repeat(Math.max(3, longest(text, /`+/g) + 1));
  return `${ticks}\n${text.replace(/\n$/, '')}\n${ticks}`;
}

function longest(text: string, pattern: RegExp): number {
  return Math.max(0, ...[...text.matchAll(pattern)].map(([run]) => run.length));
}

function textOf(node: Node): string {
  if (typeof node === 'string') return node;
  return node.tag === 'br' ? '\n' : node.children.map(textOf).join('');
}

/** Text that stays text, whatever Markdown would make of its characters. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_~[\]<>!]/g, '\\$&');
}

/** What begins a list where a line begins. */
export function lineStarts(text: string): string {
  return text.replace(
    /^([ \t]*)(?:([+-])(?=\s|$)|(\d{1,9})([.)])(?=\s|$))/gm,
    (_all, space: string, sign, digits, dot) =>
      sign === undefined ? `${space}${String(digits)}\\${String(dot)}` : `${space}\\${String(sign)}`,
  );
}
