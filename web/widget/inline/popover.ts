import { h } from '../../shared/dom.js';
import type { Layer } from './layer.js';

/** What a popover shows. */
export interface Card {
  element: HTMLElement;
  label: string;
  focus(): void;
  /** Whether closing would lose what was typed. */
  readonly dirty: boolean;
}

interface Place {
  /** The words it belongs to; none where they are not on the page: then it is a sheet. */
  boxes(): DOMRect[];
  /** Has the focus again when it closes. */
  back(): void;
  closed(): void;
}

/** Below this a popover would cover what it is about: it stands at the bottom of the window instead. */
const SHEET_WIDTH = 600;
const GAP = 10;

/**
 * One at a time, at its words: below them, above where there is more room; on phones a sheet at the bottom. Not modal: the
 * article can be read on. Escape closes it, and so does a click elsewhere unless something was typed.
 */
export class Popover {
  private readonly body = h('div', { class: 'card' });
  private readonly closeButton = h('button', { type: 'button', class: 'close', 'aria-label': 'Close' }, '×');
  private readonly element = h('div', { class: 'popover', role: 'dialog', tabindex: -1, hidden: true });
  private open: { card: Card; place: Place } | undefined;
  /** Whether the reader has gone on since it opened: from then on nothing scrolls by itself. */
  private settled = false;

  constructor(private readonly layer: Layer) {
    this.closeButton.addEventListener('click', () => this.close(true));
    this.element.append(this.body, this.closeButton);
    this.element.addEventListener('keydown', (event) => this.key(event));
    layer.element.append(this.element);
    layer.onMove(() => this.position());
    // What is in it may be loaded later than it opens.
    new ResizeObserver(() => {
      this.position();
      if (!this.settled) this.reveal();
    }).observe(this.element);
    for (const type of ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const) {
      document.addEventListener(type, () => (this.settled = true), { capture: true, passive: true });
    }
    document.addEventListener('pointerdown', (event) => {
      if (this.open && !this.open.card.dirty && !layer.has(event)) this.close(false);
    });
  }

  get isOpen(): boolean {
    return this.open !== undefined;
  }

  show(card: Card, place: Place): void {
    this.close(false);
    this.layer.dress();
    this.open = { card, place };
    this.body.replaceChildren(card.element);
    this.element.setAttribute('aria-label', card.label);
    this.element.hidden = false;
    this.settled = false;
    this.position();
    this.reveal();
    card.focus();
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  close(focusBack: boolean): void {
    const { open } = this;
    if (!open) return;
    this.open = undefined;
    this.element.hidden = true;
    this.body.replaceChildren();
    open.place.closed();
    if (focusBack) open.place.back();
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !this.open?.card.dirty) {
      event.stopPropagation();
      this.close(true);
    }
    if (event.key === 'Tab') this.turn(event);
  }

  /** At the end of the page's order nothing follows: the focus goes round in here until it is closed. */
  private turn(event: KeyboardEvent): void {
    const stops = [...this.element.querySelectorAll<HTMLElement>('a[href], button, input, textarea, select')].filter(
      (stop) => stop.offsetParent !== null && stop.tabIndex >= 0,
    );
    const { focused } = this.layer;
    const end = event.shiftKey ? stops[0] : stops.at(-1);
    if (focused !== end && !(event.shiftKey && focused === this.element)) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  }

  private position(): void {
    if (!this.open) return;
    const lines = this.open.place.boxes().filter(({ width }) => width > 0);
    const [first] = lines;
    const last = lines.at(-1);
    const { clientWidth, clientHeight } = document.documentElement;
    const sheet = !first || !last || clientWidth < SHEET_WIDTH;
    this.element.classList.toggle('sheet', sheet);
    if (sheet) return this.sit(clientHeight);
    const { width, height } = this.element.getBoundingClientRect();
    const origin = this.layer.origin();
    const below = last.bottom + GAP;
    const above = first.top - GAP - height;
    const y = below + height > clientHeight && above >= 0 ? above : below;
    const x = Math.max(8, Math.min(last.left, clientWidth - width - 8));
    this.element.style.translate = `${Math.round(x - origin.left)}px ${Math.round(y - origin.top)}px`;
  }

  /** Above the keyboard of a phone, which covers the window without making it smaller. */
  private sit(windowHeight: number): void {
    this.element.style.translate = '';
    const view = visualViewport;
    const covered = view ? Math.max(0, windowHeight - view.height - view.offsetTop) : 0;
    this.element.style.insetBlockEnd = `${Math.round(covered)}px`;
  }

  /** Scrolls by as little as shows it whole, and its words as well. */
  private reveal(): void {
    if (!this.open) return;
    const { clientHeight } = document.documentElement;
    const box = this.element.getBoundingClientRect();
    const words = this.open.place.boxes().findLast(({ width }) => width > 0);
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
    if (this.element.matches('.sheet')) {
      if (words && (words.bottom > box.top - GAP || words.top < 0))
        window.scrollBy({ top: words.bottom - box.top + 3 * GAP, behavior });
    } else if (box.bottom > clientHeight) {
      window.scrollBy({ top: Math.min(box.bottom - clientHeight + GAP, box.top - GAP), behavior });
    } else if (box.top < 0) {
      window.scrollBy({ top: box.top - GAP, behavior });
    }
  }
}
