/** W3C Web Annotation: the words themselves and what stands before and after them. */
export interface TextQuoteSelector {
  type: 'TextQuoteSelector';
  exact: string;
  prefix: string;
  suffix: string;
}

/** W3C Web Annotation: `start` inclusive, `end` exclusive, in UTF-16 code units as the browser counts. */
export interface TextPositionSelector {
  type: 'TextPositionSelector';
  start: number;
  end: number;
}

/** Complete selectors: what the server stores, made from its own text. */
export interface Selectors {
  quote: TextQuoteSelector;
  position: TextPositionSelector;
}

/** What a reader sends: a quote, perhaps without context, perhaps with where the page had it. */
export interface GivenSelectors {
  quote: Pick<TextQuoteSelector, 'exact'> & Partial<TextQuoteSelector>;
  position?: Pick<TextPositionSelector, 'start' | 'end'>;
}

/** A part of a text: `start` inclusive, `end` exclusive, in UTF-16 code units. */
export interface Range {
  start: number;
  end: number;
}
