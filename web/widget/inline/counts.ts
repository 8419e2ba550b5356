import { h, setText } from '../../shared/dom.js';
import type { Layer } from './layer.js';

/** What stands in the margin beside a passage. */
export interface Count {
  id: string;
  kind: 'question' | 'selection';
  count: number;
}

interface Handlers {
  boxesOf(id: string): DOMRect[];
  /** `form`: the question itself; `comments`: the number. */
  open(id: string, mode: 'form' | 'comments', opener: HTMLElement): void;
  hover(id: string | undefined): void;
}

const GAP = 4;
/** Width and height of one, as the style sheet says. */
const BUTTON = 24;

/**
 * A number beside each passage, where its words end: in the margin, so that it covers none. For the pointer; keyboards and
 * screen readers have the list of passages in the thread, so these are no stops on their way.
 */
export class Counts {
  private readonly views = new Map<string, CountView>();
  private readonly element = h('div', { class: 'counts', 'aria-hidden': 'true' });

  constructor(
    private readonly layer: Layer,
    private readonly article: HTMLElement,
    private readonly handlers: Handlers,
  ) {
    layer.element.append(this.element);
    layer.onMove(() => this.place());
  }

  show(counts: readonly Count[]): void {
    const wanted = new Set(counts.map(({ id }) => id));
    for (const [id, view] of this.views) {
      if (wanted.has(id)) continue;
      view.element.remove();
      this.views.delete(id);
    }
    for (const count of counts) {
      const view = this.views.get(count.id) ?? new CountView(count, this.handlers);
      if (!this.views.has(count.id)) this.element.append(view.element);
      this.views.set(count.id, view);
      view.update(count);
    }
    this.layer.moved();
  }

  /** Measures all, then writes all: reading between writes would lay the page out anew for each. */
  private place(): void {
    if (this.views.size === 0) return;
    const origin = this.layer.origin();
    const rtl = getComputedStyle(this.article).direction === 'rtl';
    const { left, right } = contentBox(this.article);
    const width = document.documentElement.clientWidth;
    // A phone's margin takes one button; the question's second one stands below the first.
    this.element.classList.toggle('is-narrow', (rtl ? left : width - right) < 2 * BUTTON + 3 * GAP);
    const places = [...this.views].map(([id, view]) => {
      const box = this.handlers.boxesOf(id).findLast((line) => line.width > 0);
      return { view, box, size: view.element.getBoundingClientRect() };
    });
    let below = -Infinity;
    for (const { view, box, size } of places.sort((one, other) => (one.box?.bottom ?? 0) - (other.box?.bottom ?? 0))) {
      view.element.classList.toggle('is-off', !box);
      if (!box) continue;
      const x = rtl ? Math.max(2, left - GAP - size.width) : Math.min(right + GAP, width - 2 - size.width);
      const y = Math.max(below, box.top + (box.height - BUTTON) / 2);
      below = y + size.height + 2;
      view.element.style.transform = `translate(${Math.round(x - origin.left)}px, ${Math.round(y - origin.top)}px)`;
    }
  }
}

/** The question and the number are two things to open. */
class CountView {
  readonly element: HTMLElement;
  private readonly number = h('button', { type: 'button', tabindex: -1, class: 'number' });

  constructor({ id, kind }: Count, { open, hover }: Handlers) {
    this.number.addEventListener('click', () => open(id, 'comments', this.number));
    this.element = h('div', {
      class: `count ${kind}`,
      on: { pointerenter: () => hover(id), pointerleave: () => hover(undefined) },
    });
    if (kind === 'question') {
      const ask = h('button', { type: 'button', tabindex: -1, class: 'ask' }, '?');
      ask.title = 'A question of the editors';
      ask.addEventListener('click', () => open(id, 'form', ask));
      this.element.append(ask);
    }
    this.element.append(this.number);
  }

  update({ count }: Count): void {
    setText(this.number, count > 999 ? '999+' : String(count));
    this.number.hidden = count === 0;
    this.number.title = count === 1 ? '1 comment on these words' : `${count} comments on these words`;
  }
}

function contentBox(element: HTMLElement): { left: number; right: number } {
  const { left, right } = element.getBoundingClientRect();
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return { left: left + parseFloat(paddingLeft), right: right - parseFloat(paddingRight) };
}
