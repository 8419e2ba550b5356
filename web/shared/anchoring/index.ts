/**
 * Passages on a publisher's page: its text as the server knows it, selectors to ranges and selections to selectors, marks.
 * No framework, no dependency, and no change to the article's own elements. Offsets are UTF-16 code units everywhere.
 */
export { SKIP } from './article-elements.js';
export { articleText, type ArticleTextOptions } from './article-text.js';
export { Highlights, type MarkKind } from './highlights.js';
export { type Given, placeOf, rangesOf } from './ranges-of.js';
export { focusText } from './reveal.js';
export type { Selector, TextPositionSelector, TextQuoteSelector } from './selectors.js';
export { MAX_QUOTE_LENGTH, selectorsOf } from './selectors-of.js';
export { sha256Hex } from './sha256.js';
export type { Span, TextMap } from './text-map.js';
export { watchArticle } from './watch-article.js';
