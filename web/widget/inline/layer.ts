import { SKIP } from '../../shared/anchoring/index.js';
import { h } from '../../shared/dom.js';
import widgetStyles from '../widget.css?inline';
import styles from './inline.css?inline';

/** Events after which words may stand elsewhere; most of them do not bubble. What the window scrolls takes the layer along. */
const MOVES = ['scroll', 'load', 'toggle', 'transitionend'];
/** What the publisher may set at the widget holds for what floats over the page as well. */
const LOOKS = ['--postil-accent', '--postil-surface', '--postil-font'];

/**
 * What floats over the page: counts, the bubble at a selection, the popover. It is one element at the end of the body, with
 * styles of its own: nothing in the publisher's article changes, and nothing that clips the article clips it.
 */
export class Layer {
  readonly element = h('div', { class: 'postil layer' });
  private readonly host = h('div', { [SKIP]: true, class: 'postil-layer' });
  private readonly listeners: (() => void)[] = [];
  private frame = 0;

  constructor(
    private readonly widget: HTMLElement,
    article: HTMLElement,
  ) {
    const root = this.host.attachShadow({ mode: 'open' });
    const sheets = [widgetStyles, styles].map((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return sheet;
    });
    root.adoptedStyleSheets = sheets;
    root.append(this.element);
    // Set one by one: a content security policy may forbid the attribute. Out of the flow, whatever the body lays out.
    Object.assign(this.host.style, { all: 'initial', position: 'absolute', top: '0', left: '0' });
    const theme = widget.dataset['theme'];
    if (theme) this.element.classList.add(theme);
    document.body.append(this.host);
    this.dress();
    const resized = new ResizeObserver(this.moved);
    for (const element of [article, document.body]) resized.observe(element);
    for (const type of MOVES) {
      document.addEventListener(type, (event) => event.target !== document && this.moved(), {
        capture: true,
        passive: true,
      });
    }
    window.addEventListener('resize', this.moved);
    visualViewport?.addEventListener('resize', this.moved);
    document.fonts.addEventListener('loadingdone', this.moved);
  }

  /** Called, once a frame at most, when what is placed beside words must be placed anew. */
  onMove(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Whether an event happened in here; outside of the shadow root its target does not say. */
  has(event: Event): boolean {
    return event.composedPath().includes(this.host);
  }

  get focused(): Element | null {
    return this.host.shadowRoot!.activeElement;
  }

  /** Where coordinates of the viewport are to be measured from. */
  origin(): { left: number; top: number } {
    return this.element.getBoundingClientRect();
  }

  /** Takes over what the publisher sets at the widget; asked again at each opening, for themes are switched. */
  dress(): void {
    const given = getComputedStyle(this.widget);
    for (const name of LOOKS) {
      const value = given.getPropertyValue(name);
      if (value) this.element.style.setProperty(name, value);
      else this.element.style.removeProperty(name);
    }
    this.element.style.colorScheme = this.element.matches('.light, .dark') ? '' : given.colorScheme;
  }

  readonly moved = (): void => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      for (const listener of this.listeners) listener();
    });
  };
}
