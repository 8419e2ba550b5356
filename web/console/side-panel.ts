import { errorLines } from '../shared/api-client.js';
import { h } from '../shared/dom.js';

/** Beside the page: all about one comment, or one reader. */
export class SidePanel {
  readonly element = h('aside', { class: 'panel', 'aria-label': 'Details', hidden: true });
  private opener: HTMLElement | null = null;
  private wanted: object | undefined;

  constructor() {
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.close();
    });
  }

  /** Shows what `read` brings, or what went wrong. */
  async open(title: string, read: () => Promise<HTMLElement[]>): Promise<void> {
    const wanted = (this.wanted = {});
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && !this.element.contains(activeElement)) this.opener = activeElement;
    this.show(title, h('p', {}, 'Loading…'));
    let content: HTMLElement[];
    try {
      content = await read();
    } catch (error) {
      content = [h('div', { class: 'errors', role: 'alert' }, ...errorLines(error).map((line) => h('p', {}, line)))];
    }
    // Another may have been opened meanwhile.
    if (this.wanted === wanted && !this.element.hidden) this.show(title, ...content);
  }

  close(): void {
    this.element.hidden = true;
    this.opener?.focus();
  }

  private show(title: string, ...content: HTMLElement[]): void {
    const heading = h('h2', { tabindex: -1 }, title);
    const close = h('button', { type: 'button', class: 'quiet', on: { click: () => this.close() } }, 'Close');
    this.element.replaceChildren(h('div', { class: 'panel-top' }, heading, close), ...content);
    this.element.hidden = false;
    heading.focus();
  }
}
