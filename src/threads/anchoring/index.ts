/** The anchoring engine: pure, no I/O. Offsets are UTF-16 code units everywhere, as the browser counts. */
export { complete, CONTEXT_LENGTH } from './complete.js';
export { locate, type Located } from './locate.js';
export { type Found, type Orphaned, type PassageState, reanchor, type Reanchored, retryOrphans } from './reanchor.js';
export { sameWords } from './same-words.js';
export type { GivenSelectors, Range, Selectors, TextPositionSelector, TextQuoteSelector } from './selectors.js';
export type { Suggestion } from './suggest.js';
export { wordsNear } from './words-near.js';
