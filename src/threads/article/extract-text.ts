import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { BLOCKS, CELLS, isLeftOut, LINED } from './article-elements.js';
import { parseArticle } from './parse-article.js';
import { settleText } from './settle-text.js';

/**
 * The text of an article's HTML, as offsets count it and readers see it. It is parsed as browsers do (WHATWG), so
 * broken markup gives the same text here and on the page. Then, by names of elements alone (article-elements.ts):
 *
 * - a block element begins and ends a line, `br` and `hr` end one; any number of line ends in a row are one `\n`
 * - cells of a row are parted by a space
 * - scripts, styles, embedded content, form controls, formulas, readings above a line, `hidden` elements and those with
 *   `data-postil-skip` are as though they were not there; texts in attributes (`alt`, `title`) are not text
 * - line feeds in `pre` are line ends; other white space, no-break spaces too, is one space, and none at the ends of lines
 * - what is not seen is dropped (soft hyphens, zero-width spaces, control characters); joiners stay, they shape words
 * - half of a surrogate pair becomes U+FFFD; else characters stay as they are, without normalisation
 *
 * Pure, and refuses markup that is made to choke (parse-article.ts). docs/article-text.md says it to publishers.
 */
export function textOfHtml(html: string): string {
  const parts: string[] = [];
  const stack: (Step | Tree.ChildNode)[] = [];
  const enter = (nodes: readonly Tree.ChildNode[]) => {
    for (let index = nodes.length - 1; index >= 0; index--) stack.push(nodes[index]!);
  };
  let lined = 0;
  enter(parseArticle(html));
  // No recursion: the stack is our own.
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    if ('text' in step) {
      parts.push(step.text);
      lined -= step.lined;
    } else if ('value' in step) {
      parts.push(lined > 0 ? step.value : step.value.replaceAll('\n', ' '));
    } else if ('tagName' in step && !isLeftOut(step.tagName, attributesOf(step))) {
      const edge = BLOCKS.has(step.tagName) ? '\n' : CELLS.has(step.tagName) ? ' ' : '';
      const lines = LINED.has(step.tagName) ? 1 : 0;
      parts.push(edge);
      lined += lines;
      stack.push({ text: edge, lined: lines });
      enter(step.childNodes);
    }
  }
  return settleText(parts.join(''));
}

/** The text of an article that was sent as plain text: every line end is one, and the rest is as in `textOfHtml`. */
export function textOfPlain(text: string): string {
  return settleText(text.replace(/[\r\v\f\u0085\u2028\u2029]/g, '\n'));
}

/** The end of an element. */
interface Step {
  text: string;
  lined: number;
}

const attributesOf =
  ({ attrs }: Tree.Element) =>
  (name: string): string | null =>
    attrs.find((attribute) => attribute.name === name)?.value ?? null;
