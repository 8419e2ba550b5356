import { focusText, MAX_QUOTE_LENGTH, type Selector } from '../../shared/anchoring/index.js';
import { h, setText } from '../../shared/dom.js';
import type { Article } from './article.js';
import type { Layer } from './layer.js';

/** A selection by touch or by keyboard has no end of its own: it is over when it rests. */
const REST_MS = 300;

interface Handlers {
  /** Whether comments are taken now. */
  isOpen(): boolean;
  comment(selectors: readonly Selector[]): void;
  announce(text: string): void;
}

/** Appears beside words that were selected in the article. The next stop after them for the keyboard, though it stands elsewhere. */
export class SelectionBubble {
  private readonly button = h('button', { type: 'button', class: 'bubble', hidden: true });
  private selectors: readonly Selector[] | undefined;
  private range: Range | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pressed = false;
  private byKeyboard = false;

  constructor(
    private readonly layer: Layer,
    private readonly article: Article,
    private readonly handlers: Handlers,
  ) {
    layer.element.append(this.button);
    layer.onMove(() => this.position());
    // Taking the focus would end the selection in some browsers.
    this.button.addEventListener('mousedown', (event) => event.preventDefault());
    this.button.addEventListener('click', () => this.comment());
    this.button.addEventListener('keydown', (event) => this.key(event));
    document.addEventListener('selectionchange', () => this.wait(REST_MS));
    document.addEventListener('pointerdown', (event) => {
      this.pressed = event.pointerType === 'mouse' && !layer.has(event);
      this.byKeyboard = false;
    });
    for (const type of ['pointerup', 'pointercancel'] as const) {
      document.addEventListener(type, () => {
        if (this.pressed) this.wait(10);
        this.pressed = false;
      });
    }
    document.addEventListener('keydown', (event) => this.keyOnPage(event), { capture: true });
  }

  hide(): void {
    this.button.hidden = true;
    this.selectors = undefined;
    this.range = undefined;
  }

  private wait(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.pressed && this.layer.focused !== this.button) this.look();
    }, milliseconds);
  }

  private look(): void {
    const selection = document.getSelection();
    const { root } = this.article;
    const within = selection && [selection.anchorNode, selection.focusNode].some((node) => root.contains(node));
    if (!selection || selection.isCollapsed || !within || !this.handlers.isOpen()) return this.hide();
    const selectors = this.article.selectorsOf(selection);
    const exact = selectors?.[0].exact ?? '';
    if (!selectors || !/[\p{L}\p{N}\p{S}]/u.test(exact)) return this.hide();
    const tooLong = exact.length > MAX_QUOTE_LENGTH;
    const isNew = this.selectors === undefined;
    this.selectors = selectors;
    this.range = selection.getRangeAt(0).cloneRange();
    setText(this.button, tooLong ? 'Select fewer words to comment on them' : 'Comment on this passage');
    this.button.setAttribute('aria-disabled', String(tooLong));
    this.layer.dress();
    this.button.hidden = false;
    this.position();
    if (isNew && this.byKeyboard && !tooLong)
      this.handlers.announce('Press Tab and Enter to comment on the selected words.');
  }

  /** Below the end of the selection, where neither the hand nor the system's own menu is; above at the window's end. */
  private position(): void {
    const boxes = this.range ? [...this.range.getClientRects()].filter(({ width }) => width > 0) : [];
    const last = boxes.at(-1);
    const [first] = boxes;
    if (this.button.hidden || !first || !last) return;
    const { width, height } = this.button.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const gap = matchMedia('(pointer: coarse)').matches ? 28 : 8;
    const below = last.bottom + gap;
    const y = below + height > clientHeight && first.top - gap - height > 0 ? first.top - gap - height : below;
    const x = Math.max(8, Math.min(last.right - width / 2, clientWidth - width - 8));
    const origin = this.layer.origin();
    this.button.style.translate = `${Math.round(x - origin.left)}px ${Math.round(y - origin.top)}px`;
  }

  private comment(): void {
    const { selectors } = this;
    if (!selectors || this.button.getAttribute('aria-disabled') === 'true') return;
    this.hide();
    document.getSelection()?.removeAllRanges();
    this.handlers.comment(selectors);
  }

  private keyOnPage(event: KeyboardEvent): void {
    this.byKeyboard = event.shiftKey || event.key === 'F7';
    if (this.button.hidden || this.layer.has(event) || isField(event.target)) return;
    if (event.key === 'Escape') this.hide();
    if (event.key !== 'Tab' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.button.focus({ preventScroll: true });
  }

  /** Back to the words, or on from them. */
  private key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' && event.key !== 'Tab') return;
    const { range } = this;
    this.hide();
    // The browser itself goes on from there.
    if (range) focusText(range);
    if (event.key === 'Escape') event.stopPropagation();
  }
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/.test(target.localName));
