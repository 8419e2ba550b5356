import { BLOCKS, CELLS, isLeftOut, LINED } from './article-elements.js';
import { TextBuilder } from './text-builder.js';
import type { TextMap } from './text-map.js';

export interface ArticleTextOptions {
  /**
   * A CSS selector of elements that scripts put into the article on the page, and that are not in the HTML which the
   * server was sent: they are left out like those with `data-postil-skip`.
   */
  skip?: string;
}

/**
 * The text of the article below `root`, equal to what the server took from the same markup (docs/article-text.md), and
 * where it stands. `root` itself is never left out; shadow trees are not looked into.
 */
export function articleText(root: Element, { skip }: ArticleTextOptions = {}): TextMap {
  const builder = new TextBuilder();
  const leftOut = (element: Element) => isLeftOut(element) || (skip !== undefined && element.matches(skip));
  const within = (node: Node, lined: boolean) => {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (isText(child)) builder.add(child, lined);
      else if (isElement(child) && !leftOut(child)) element(child, lined);
    }
  };
  const element = (node: Element, lined: boolean) => {
    const block = BLOCKS.has(node.localName);
    const cell = CELLS.has(node.localName);
    if (block) builder.endLine();
    if (cell) builder.space();
    within(node, lined || LINED.has(node.localName));
    if (block) builder.endLine();
    if (cell) builder.space();
  };
  within(root, root.closest([...LINED].join()) !== null);
  return builder.finish(root);
}

/** CDATA sections, of documents that are XML, are text as well. */
const isText = (node: Node): node is Text =>
  node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE;
const isElement = (node: Node): node is Element => node.nodeType === Node.ELEMENT_NODE;
