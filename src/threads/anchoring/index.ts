/** The anchoring engine: pure, no I/O. Offsets are UTF-16 code units everywhere, as the browser counts. */
export { complete } from './complete.js';
export { locate } from './locate.js';
export { follower, type Follower, type Found, type PassageState, reanchor, type Reanchored } from './reanchor.js';
export { sameWords } from './same-words.js';
export type { GivenSelectors, Range, Selectors } from './selectors.js';
export type { Suggestion } from './suggest.js';
export { wordsNear } from './words-near.js';
