import type { Alignment } from './alignment.js';

/** Tokens `[start, end)`. */
export type Span = readonly [number, number];

/**
 * How well the best other place would do, 0 to 1: the greatest share, by weight, of the tokens of `wanted` that any
 * stretch of the same length holds, among tokens of `ids` that nothing was matched with (or
 * all, without `matches`), outside `except`.
 */
export function bestRival(
  alignment: Alignment,
  wanted: Int32Array,
  ids: Int32Array,
  matches: Int32Array | null,
  except: Span,
): number {
  const missing = new Map<number, number>();
  let total = 0;
  for (const id of wanted) {
    missing.set(id, (missing.get(id) ?? 0) + 1);
    total += alignment.weights[id]!;
  }
  let best = 0;
  let held = 0;
  const window: number[] = [];
  let oldest = 0;
  const forget = (): void => {
    const id = window[oldest]!;
    oldest += 1;
    const count = missing.get(id);
    if (count === undefined) return;
    missing.set(id, count + 1);
    if (count >= 0) held -= alignment.weights[id]!;
  };
  for (let at = 0; at < ids.length; at += 1) {
    if ((matches && matches[at] !== -1) || (at >= except[0] && at < except[1])) {
      while (oldest < window.length) forget();
      continue;
    }
    const id = ids[at]!;
    window.push(id);
    const count = missing.get(id);
    if (count !== undefined) {
      missing.set(id, count - 1);
      if (count > 0) held += alignment.weights[id]!;
    }
    if (window.length - oldest > wanted.length) forget();
    best = Math.max(best, held);
  }
  return total > 0 ? best / total : 0;
}
