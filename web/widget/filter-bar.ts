import { h, setText } from '../shared/dom.js';
import type { Filter } from '../shared/thread-model.js';
import type { Context } from './context.js';

/** "Inline Feedbacks": the button that lists inline comments alone, and the bar that says so and goes back. */
export class FilterBar {
  readonly button = h('button', { type: 'button', class: 'inline-button' });
  readonly bar: HTMLElement;
  private readonly title = h('strong', { tabindex: -1 }, 'Inline Feedbacks');

  constructor(context: Context) {
    this.button.addEventListener('click', () => {
      void context.list(this.button.getAttribute('aria-pressed') === 'true' ? undefined : 'any');
    });
    const all = h('button', { type: 'button', class: 'quiet' }, 'View all comments');
    all.addEventListener('click', () => {
      void context.list(undefined);
      this.button.focus({ preventScroll: true });
    });
    this.bar = h(
      'div',
      { class: 'filter-bar', role: 'group', 'aria-label': 'Inline Feedbacks', hidden: true },
      this.title,
      all,
    );
  }

  update(filter: Filter, count: number): void {
    setText(this.button, `Inline Feedbacks (${count.toLocaleString('en')})`);
    this.button.setAttribute('aria-pressed', String(filter !== undefined));
    this.button.hidden = count === 0 && filter === undefined;
    this.bar.hidden = filter === undefined;
  }

  /** From a passage in the article to its comments. */
  focus(): void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.title.focus({ preventScroll: true });
    this.bar.scrollIntoView({ block: 'start', behavior: still ? 'auto' : 'smooth' });
  }
}
