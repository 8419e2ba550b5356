import {
  defaultTreeAdapter,
  type DefaultTreeAdapterMap,
  type DefaultTreeAdapterTypes as Tree,
  html,
  parseFragment,
} from 'parse5';
import { invalidField } from '../../platform/errors.js';

/**
 * Elements of an article, and how many of them may be open in one another. HTML's rules for unclosed tags repeat elements:
 * 250 kB of `<b id=1><p><b id=2><p>` are 200 million of them, which took the process with it. Chromium's parser
 * nests no deeper than 512; of 300,000 characters of honest text few come near 20,000 elements.
 */
const MAX_ELEMENTS = 150_000;
const MAX_OPEN = 512;

/** The tree that a browser would make of the markup (WHATWG), as the content of an element in its body. @throws validation */
export function parseArticle(markup: string): Tree.ChildNode[] {
  let made = 0;
  let open = 0;
  const treeAdapter: typeof defaultTreeAdapter = {
    ...defaultTreeAdapter,
    createElement: (...element) => {
      if (++made > MAX_ELEMENTS) throw invalidField('/html', `It comes to more than ${MAX_ELEMENTS} elements.`);
      return defaultTreeAdapter.createElement(...element);
    },
    onItemPush: () => {
      if (++open > MAX_OPEN) throw invalidField('/html', `Its elements are nested more than ${MAX_OPEN} deep.`);
    },
    onItemPop: () => {
      open -= 1;
    },
  };
  // Well-formed: else halves of a surrogate pair that tags part would find each other, which on the page they don't.
  // Without a parent it would be parsed as the content of a template, with other rules for stray tags.
  const parent = defaultTreeAdapter.createElement('div', html.NS.HTML, []);
  return parseFragment<DefaultTreeAdapterMap>(parent, markup.toWellFormed(), { treeAdapter }).childNodes;
}
