import { SKIP } from './article-elements.js';
import { type Layer, LAYERS, LOOKS, type Painter } from './painter.js';

/** Events within the article after which its words may stand elsewhere; the first three do not bubble. */
const MOVES = ['scroll', 'load', 'toggle', 'transitionend'];

/**
 * Paints where the browser has no Custom Highlight API: boxes in one layer over the page, outside of the article, so that
 * nothing in it changes. The layer takes no clicks, is nothing to screen readers, and follows the words when they move.
 */
export class OverlayPainter implements Painter {
  private readonly painted = new Map<Layer, readonly Range[]>();
  private readonly layer = document.createElement('div');
  private readonly resized = new ResizeObserver(() => this.schedule());
  private frame = 0;

  constructor(private readonly root: HTMLElement) {
    this.layer.setAttribute(SKIP, '');
    this.layer.setAttribute('aria-hidden', 'true');
    // Set one by one: a content security policy may forbid the attribute.
    Object.assign(this.layer.style, { position: 'absolute', top: '0', left: '0', width: '0', height: '0' });
    Object.assign(this.layer.style, { pointerEvents: 'none', zIndex: '1' });
    parentFor(root).append(this.layer);
    this.resized.observe(root);
    for (const type of MOVES) root.addEventListener(type, this.schedule, { capture: true, passive: true });
    window.addEventListener('resize', this.schedule);
    document.fonts.addEventListener('loadingdone', this.schedule);
  }

  paint(layer: Layer, ranges: readonly Range[]): void {
    this.painted.set(layer, ranges);
    this.schedule();
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    this.resized.disconnect();
    for (const type of MOVES) this.root.removeEventListener(type, this.schedule, { capture: true });
    window.removeEventListener('resize', this.schedule);
    document.fonts.removeEventListener('loadingdone', this.schedule);
    this.layer.remove();
  }

  private readonly schedule = (): void => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.place());
  };

  /** Measures all, then writes all: reading between writes would lay the page out anew for each box. */
  private place(): void {
    const origin = this.layer.getBoundingClientRect();
    const boxes = LAYERS.flatMap((layer) =>
      (this.painted.get(layer) ?? []).flatMap((range) =>
        Array.from(range.getClientRects(), (rect) => boxAt(layer, rect, origin)).filter((box) => box !== undefined),
      ),
    );
    this.layer.replaceChildren(...boxes);
  }
}

function boxAt(layer: Layer, rect: DOMRect, origin: DOMRect): HTMLElement | undefined {
  if (rect.width === 0 || rect.height === 0) return undefined;
  const { fill, line, stroke } = LOOKS[layer];
  const box = document.createElement('div');
  box.dataset['layer'] = layer;
  Object.assign(box.style, {
    position: 'absolute',
    boxSizing: 'border-box',
    left: `${rect.left - origin.left}px`,
    top: `${rect.top - origin.top}px`,
    width: `${rect.width}px`,
    height: `${rect.height}px`,
    backgroundColor: `var(--postil-mark-${layer}, ${fill})`,
    borderBottom: `2px ${stroke} var(--postil-line-${layer}, ${line})`,
  });
  return box;
}

/** What the article scrolls and moves with; tables take no boxes. */
function parentFor(root: HTMLElement): Element {
  const parent = root.offsetParent;
  return parent && !/^(table|td|th)$/.test(parent.localName) ? parent : document.body;
}
