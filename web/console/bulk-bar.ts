import { h, plural, setText } from '../shared/dom.js';
import type { Question } from './queued-view.js';

interface Handlers {
  approve(): void;
  reject(): void;
  spam(): void;
  escalate(): void;
  full(): void;
  markAll(): void;
  clear(): void;
}

/** What can be done with all that is marked; it stands over the list as long as something is. */
export class BulkBar {
  readonly element: HTMLElement;
  private readonly text = h('strong', { role: 'status' });
  private readonly slot = h('div', { class: 'slot' });

  constructor(handlers: Handlers) {
    const action = (text: string, key: string, className: string, click: () => void) =>
      h('button', { type: 'button', class: className, on: { click } }, text, h('kbd', { 'aria-hidden': 'true' }, key));
    this.element = h(
      'div',
      { class: 'bulk', role: 'group', 'aria-label': 'All that is marked', hidden: true },
      this.text,
      action('Approve', 'a', 'approve', handlers.approve),
      action('Reject', 'r', 'reject', handlers.reject),
      action('Spam', 's', 'reject', handlers.spam),
      action('Escalate', 'e', 'quiet', handlers.escalate),
      action('In full…', 'f', 'quiet', handlers.full),
      action('All', 'X', 'quiet', handlers.markAll),
      action('None', 'Esc', 'quiet', handlers.clear),
      this.slot,
    );
  }

  update(count: number): void {
    this.element.hidden = count === 0;
    setText(this.text, count === 0 ? '' : plural(count, 'comment marked', 'comments marked'));
    if (count === 0) this.slot.replaceChildren();
  }

  ask(question: Question): void {
    const { element, focus } = question(() => this.slot.replaceChildren());
    this.slot.replaceChildren(element);
    focus();
  }
}
