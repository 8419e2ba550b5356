/** The words themselves and what stands before and after them: W3C Web Annotation. */
export interface TextQuoteSelector {
  type: 'TextQuoteSelector';
  exact: string;
  prefix: string;
  suffix: string;
}

/** `start` inclusive, `end` exclusive, in UTF-16 code units of the article's text: W3C Web Annotation. */
export interface TextPositionSelector {
  type: 'TextPositionSelector';
  start: number;
  end: number;
}

/** As the API's anchors hold them. */
export type Selector = TextQuoteSelector | TextPositionSelector;

export const quoteOf = (selectors: readonly Selector[]): TextQuoteSelector | undefined =>
  selectors.find((selector) => selector.type === 'TextQuoteSelector');

export const positionOf = (selectors: readonly Selector[]): TextPositionSelector | undefined =>
  selectors.find((selector) => selector.type === 'TextPositionSelector');
