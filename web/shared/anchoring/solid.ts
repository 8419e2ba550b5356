/** A text without what a page or a browser may add or drop between characters; `offsets[i]` is where unit i stood. */
export interface Solid {
  text: string;
  offsets: Uint32Array;
}

/** White space, soft hyphens, zero-width characters: as the server's search ignores them. */
const LOOSE = /[\s\u00ad\u200b-\u200d\u2060\ufeff]+/g;

export function solidOf(text: string): Solid {
  const offsets = new Uint32Array(text.length);
  const parts: string[] = [];
  let length = 0;
  const keep = (from: number, to: number) => {
    parts.push(text.slice(from, to));
    for (let at = from; at < to; at++) offsets[length++] = at;
  };
  let from = 0;
  for (const { 0: loose, index } of text.matchAll(LOOSE)) {
    keep(from, index);
    from = index + loose.length;
  }
  keep(from, text.length);
  return { text: parts.join(''), offsets: offsets.subarray(0, length) };
}
