/**
 * What elements mean to the text of an article, by name alone: neither CSS nor scripts have a say, so that the server,
 * which has neither, and the page agree. `web/shared/anchoring/article-elements.ts` says the same; test/vectors/article-text/
 * keeps them equal.
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
const SKIP = 'data-postil-skip';

/**
 * Whether an element and all in it is left out. What may be found by the page's search (`until-found`, closed details)
 * stays; `aria-hidden` says nothing of what can be seen and marked.
 */
export function isLeftOut(name: string, attribute: (name: string) => string | null): boolean {
  if (LEFT_OUT.has(name) || attribute(SKIP) !== null) return true;
  const hidden = attribute('hidden');
  return hidden !== null && hidden.toLowerCase() !== 'until-found';
}
