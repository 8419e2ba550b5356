import { solidOf, type Solid } from './solid.js';

/** Offsets into a text, in UTF-16 code units; `end` exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** Units of the text that stand in a row in one text node: `start` to `end` are those from `at` on in `node`. */
export interface Run extends Span {
  node: Text;
  at: number;
}

/**
 * The text of an article, and where on the page each part of it stands. True until the page changes: `watchArticle` says
 * when. Runs are in the order of the text; line ends and the spaces between cells are in none.
 */
export class TextMap {
  #solid: Solid | undefined;

  constructor(
    readonly root: Element,
    readonly text: string,
    private readonly runs: readonly Run[],
  ) {}

  /** The text without white space, to search in. */
  get solid(): Solid {
    return (this.#solid ??= solidOf(this.text));
  }

  /**
   * The part of the page that shows a part of the text: a range in each text node, in order, so that nothing between
   * them (an advertisement, a share button) is in any. Null where the page has changed since.
   */
  rangesOf({ start, end }: Span): Range[] | null {
    const ranges: Range[] = [];
    for (let index = this.firstAfter(start); index < this.runs.length; index++) {
      const run = this.runs[index]!;
      if (run.start >= end) break;
      const from = run.at + Math.max(0, start - run.start);
      const to = run.at + Math.min(run.end, end) - run.start;
      if (!this.stands(run)) return null;
      const last = ranges.at(-1);
      if (last?.endContainer === run.node) last.setEnd(run.node, to);
      else ranges.push(rangeIn(run.node, from, to));
    }
    return ranges.length > 0 ? ranges : null;
  }

  /** How much of the text stands before a place on the page, which may be any. Null in another tree, and where the page has changed since. */
  offsetOf(container: Node, offset: number): number | null {
    if (container.getRootNode() !== this.root.getRootNode() || !this.runs.every((run) => this.stands(run))) return null;
    const place = container.ownerDocument!.createRange();
    place.setStart(container, offset);
    const before = countWhile(this.runs, ({ node, at }) => place.comparePoint(node, at) < 0);
    const run = this.runs[before - 1];
    if (run === undefined) return 0;
    return run.node === container ? Math.min(run.end, run.start + offset - run.at) : run.end;
  }

  private stands({ node, at, start, end }: Run): boolean {
    return this.root.contains(node) && node.length >= at + end - start;
  }

  private firstAfter(offset: number): number {
    return countWhile(this.runs, ({ end }) => end <= offset);
  }
}

function rangeIn(node: Text, from: number, to: number): Range {
  const range = node.ownerDocument.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  return range;
}

/** How many items at the beginning satisfy what no later one does. */
function countWhile<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
