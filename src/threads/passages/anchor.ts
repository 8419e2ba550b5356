import type { GivenSelectors } from '../anchoring/index.js';

/** UTF-16 code units of a quote. */
export const MAX_QUOTE_UNITS = 1_500;

/** Where a reader or editor says that words stand: W3C Web Annotation selectors, of a revision or of the newest. */
export interface Anchor extends GivenSelectors {
  revision?: number;
}

/** As it counts for telling whether two requests are the same. */
export function anchorParts({ revision, quote, position }: Anchor): unknown[] {
  return [revision, quote.exact, quote.prefix, quote.suffix, position?.start, position?.end].map(
    (part) => part ?? null,
  );
}
