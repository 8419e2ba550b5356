/** True when `index` lies between the two halves of a surrogate pair. */
export function splitsPair(text: string, index: number): boolean {
  if (index <= 0 || index >= text.length) return false;
  return isHigh(text.charCodeAt(index - 1)) && isLow(text.charCodeAt(index));
}

/** The nearest index at or before `index` that splits no surrogate pair, inside the text. */
export function floorToPair(text: string, index: number): number {
  const inside = Math.min(Math.max(index, 0), text.length);
  return splitsPair(text, inside) ? inside - 1 : inside;
}

/** The nearest index at or after `index` that splits no surrogate pair, inside the text. */
export function ceilToPair(text: string, index: number): number {
  const inside = Math.min(Math.max(index, 0), text.length);
  return splitsPair(text, inside) ? inside + 1 : inside;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
