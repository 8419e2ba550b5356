/** Not in every browser yet, under either name. */
interface CaretDocument {
  caretPositionFromPoint?(x: number, y: number): { offsetNode: Node; offset: number } | null;
  caretRangeFromPoint?(x: number, y: number): Range | null;
}

/**
 * Tells of ranges whether a point of the viewport lies on their words. The text cursor that the point would give comes
 * first, because it asks nothing of the layout of the other ranges; their boxes confirm it, because beside and below a
 * line the cursor snaps to the words.
 */
export function pointTest(x: number, y: number): (ranges: readonly Range[]) => boolean {
  const caret = caretAt(x, y);
  if (caret === null) return () => false;
  return (ranges) =>
    ranges.some(
      (range) =>
        (caret === 'unknown' || range.isPointInRange(caret.node, caret.offset)) &&
        Array.from(range.getClientRects()).some(
          ({ left, right, top, bottom }) => x >= left && x < right && y >= top && y < bottom,
        ),
    );
}

function caretAt(x: number, y: number): { node: Node; offset: number } | 'unknown' | null {
  const page = document as CaretDocument;
  if (page.caretPositionFromPoint) {
    const caret = page.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  if (!page.caretRangeFromPoint) return 'unknown';
  const caret = page.caretRangeFromPoint(x, y);
  return caret && { node: caret.startContainer, offset: caret.startOffset };
}
