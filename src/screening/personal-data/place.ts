/** Where something stands in a text, `end` exclusive, in UTF-16 code units. */
export interface Place {
  start: number;
  end: number;
}

export const overlaps = (a: Place, b: Place) => a.start < b.end && b.start < a.end;

/** Places of a pattern's matches of which `isOne` is true. The pattern must be bounded: it runs over readers' texts. */
export function placesOf(text: string, pattern: RegExp, isOne: (match: string) => boolean = () => true): Place[] {
  return Array.from(text.matchAll(pattern), ({ 0: match, index }) => ({
    match,
    start: index,
    end: index + match.length,
  }))
    .filter(({ match }) => isOne(match))
    .map(({ start, end }) => ({ start, end }));
}
