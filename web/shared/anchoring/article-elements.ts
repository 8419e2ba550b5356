/**
 * What elements mean to the text of an article, by name alone: the same as `src/threads/article/article-elements.ts` says on
 * the server; test/vectors/article-text/ keeps them equal. CSS and the state of the page have no say: what is folded away
 * or styled otherwise is still the text that the server knows.
 */

/** Each begins and ends a line. */
export const BLOCKS: ReadonlySet<string> = new Set(
  `address article aside blockquote body br caption center col colgroup dd details dir div dl dt fieldset figcaption
  figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol p plaintext pre search
  section summary table tbody tfoot thead tr ul xmp`.split(/\s+/),
);

/** White space stands between them, so that a row reads as one line. */
export const CELLS: ReadonlySet<string> = new Set(['td', 'th']);

/** Line feeds in them are line breaks. */
export const LINED: ReadonlySet<string> = new Set(['listing', 'plaintext', 'pre', 'xmp']);

/** As though they were not there: code, what is not text, controls, what opens over the page, readings above a line. */
const LEFT_OUT: ReadonlySet<string> = new Set(
  `area audio base button canvas datalist dialog embed frame frameset head iframe input link map math meta meter noembed
  noframes noscript object optgroup option output param progress rp rt rtc script select source style svg template
  textarea title track video`.split(/\s+/),
);

/** Marks what belongs to the page and not to the article: advertisements, share buttons, Postil's own marks. */
export const SKIP = 'data-postil-skip';

/** Whether an element and all in it is left out. */
export function isLeftOut(element: Element): boolean {
  if (LEFT_OUT.has(element.localName) || element.hasAttribute(SKIP)) return true;
  const hidden = element.getAttribute('hidden');
  return hidden !== null && hidden.toLowerCase() !== 'until-found';
}
