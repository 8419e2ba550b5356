import { HighlightPainter } from './highlight-painter.js';
import { pointTest } from './hit-test.js';
import { OverlayPainter } from './overlay-painter.js';
import { type Layer, LAYERS, type Painter } from './painter.js';
import { focusText, scrollToText } from './reveal.js';

/** What a mark is: readers' words, an editor's question, or what this reader is about to comment on. */
export type MarkKind = 'selection' | 'question' | 'draft';

interface Mark {
  kind: MarkKind;
  ranges: readonly Range[];
}

const FLASH_MS = 1_600;

/**
 * The marks in one article. The article's own elements are never touched. A mark has no element, so it takes no focus and no
 * events: for the pointer ask `at`, for keyboards and screen readers show a list in the order of `inOrder` whose entries
 * call `focus`. Ids are the caller's, those of passages.
 */
export class Highlights {
  private readonly marks = new Map<string, Mark>();
  private readonly painter: Painter;
  private readonly dirty = new Set<Layer>();
  private active: string | undefined;
  private flashing: string | undefined;
  private flashTimer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(root: HTMLElement, paintBy?: 'highlights' | 'overlay') {
    const by = paintBy ?? (HighlightPainter.isSupported() ? 'highlights' : 'overlay');
    this.painter = by === 'highlights' ? new HighlightPainter(root) : new OverlayPainter(root);
  }

  /** Adds a mark, or puts it elsewhere. */
  set(id: string, kind: MarkKind, ranges: readonly Range[]): void {
    this.delete(id);
    this.marks.set(id, { kind, ranges });
    this.repaint(kind, 'active', 'flash');
  }

  delete(id: string): void {
    const mark = this.marks.get(id);
    if (!mark) return;
    this.marks.delete(id);
    this.repaint(mark.kind, 'active', 'flash');
  }

  /** The one mark that is being read or written about; undefined for none. */
  activate(id: string | undefined): void {
    this.active = id;
    this.repaint('active');
  }

  /** The marks under a point of the viewport, the shortest first: of a word marked within a marked sentence, the word's. */
  at(x: number, y: number): string[] {
    const length = (id: string) => this.rangesOf(id).reduce((sum, range) => sum + range.toString().length, 0);
    const isUnder = pointTest(x, y);
    const hits = [...this.marks].flatMap(([id, { ranges }]) => (isUnder(ranges) ? [id] : []));
    return hits.sort((one, other) => length(one) - length(other));
  }

  /** All ids, by the place of their marks in the article. */
  inOrder(): string[] {
    const placed = [...this.marks].flatMap(
      ([
        id,
        {
          ranges: [first],
        },
      ]) => (first ? [{ id, first }] : []),
    );
    return placed
      .sort((one, other) => one.first.compareBoundaryPoints(Range.START_TO_START, other.first))
      .map(({ id }) => id);
  }

  /** Where a mark is in the viewport, a box a line: to put a bubble or a count beside it. */
  boxesOf(id: string): DOMRect[] {
    return this.rangesOf(id).flatMap((range) => [...range.getClientRects()]);
  }

  /** Brings a mark into view, unfolds what hides it and lets it flash. False where there is no such mark. */
  show(id: string): boolean {
    const [first] = this.rangesOf(id);
    if (!first) return false;
    scrollToText(first);
    this.flash(id);
    return true;
  }

  /** The same, and the keyboard and the screen reader go on from there. */
  focus(id: string): boolean {
    const [first] = this.rangesOf(id);
    if (!first || !this.show(id)) return false;
    focusText(first);
    return true;
  }

  flash(id: string): void {
    clearTimeout(this.flashTimer);
    this.flashing = id;
    this.repaint('flash');
    this.flashTimer = setTimeout(() => {
      this.flashing = undefined;
      this.repaint('flash');
    }, FLASH_MS);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.flashTimer);
    this.marks.clear();
    this.painter.close();
  }

  private rangesOf(id: string | undefined): readonly Range[] {
    return (id !== undefined && this.marks.get(id)?.ranges) || [];
  }

  /** Once for all changes of one task: thousands of marks are set in a row. */
  private repaint(...layers: Layer[]): void {
    if (this.dirty.size === 0) queueMicrotask(() => this.paint());
    for (const layer of layers) this.dirty.add(layer);
  }

  private paint(): void {
    const dirty = LAYERS.filter((layer) => this.dirty.has(layer));
    this.dirty.clear();
    if (this.closed) return;
    for (const layer of dirty) this.painter.paint(layer, this.rangesIn(layer));
  }

  private rangesIn(layer: Layer): readonly Range[] {
    if (layer === 'active') return this.rangesOf(this.active);
    if (layer === 'flash') return this.rangesOf(this.flashing);
    return [...this.marks.values()].flatMap(({ kind, ranges }) => (kind === layer ? ranges : []));
  }
}
