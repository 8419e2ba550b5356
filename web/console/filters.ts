import type { QueueItem } from '../shared/api-types.js';
import { h } from '../shared/dom.js';
import { select } from './form.js';

export interface Filters {
  sort: 'priority' | 'oldest' | 'newest';
  q?: string;
  reason?: string;
  thread?: string;
  reader?: string;
  language?: string;
  escalated?: string;
}

const SORTS = [
  ['priority', 'By priority'],
  ['oldest', 'Oldest first'],
  ['newest', 'Newest first'],
] as const;

const NAMES = {
  thread: 'Thread',
  reader: 'Reader',
  reason: 'Rule',
  language: 'Language',
  escalated: 'Escalated',
} as const;
type Kept = keyof typeof NAMES;

/** What of a queue is listed, and in which order. Thread, reader and rule are taken from the item that is selected. */
export class FilterBar {
  readonly element: HTMLElement;
  filters: Filters = { sort: 'priority' };
  private readonly words = h('input', { type: 'search', placeholder: 'Words', 'aria-label': 'Words', maxlength: 200 });
  private readonly only = h('select', { 'aria-label': 'Only like the selected one' });
  private readonly chips = h('span', { class: 'chips' });
  private readonly labels = new Map<Kept, string>();

  constructor(private readonly changed: () => void) {
    const sort = select(SORTS);
    sort.setAttribute('aria-label', 'Order');
    sort.addEventListener('change', () => this.set({ sort: sort.value as Filters['sort'] }));
    this.words.addEventListener('change', () => this.set({ q: this.words.value.trim() }));
    this.only.addEventListener('change', () => this.keep());
    this.element = h('div', { class: 'filters', role: 'search' }, sort, this.words, this.only, this.chips);
  }

  focus(): void {
    this.words.focus();
    this.words.select();
  }

  /** Offers what the selected item has. */
  offer(item: QueueItem | undefined): void {
    const { comment, reasons = [], language, escalated } = item ?? {};
    const values: [Kept, string, string][] = [];
    if (comment) {
      values.push(
        ['thread', comment.thread.key, comment.thread.title],
        ['reader', comment.author.id, comment.author.name],
      );
    }
    for (const { rule } of reasons) values.push(['reason', rule, rule]);
    if (language) values.push(['language', language, language]);
    if (item) values.push(['escalated', escalated ? 'true' : 'false', escalated ? 'yes' : 'no']);
    const shown = JSON.stringify(values);
    if (this.only.dataset['shown'] === shown || document.activeElement === this.only) return;
    this.only.dataset['shown'] = shown;
    const options = values.map(([name, value, label]) =>
      h('option', { value: JSON.stringify([name, value, label]) }, `${NAMES[name]}: ${label}`),
    );
    this.only.replaceChildren(h('option', { value: '' }, 'Only…'), ...options);
  }

  private keep(): void {
    if (this.only.value === '') return;
    const [name, value, label] = JSON.parse(this.only.value) as [Kept, string, string];
    this.only.value = '';
    this.labels.set(name, label);
    this.set({ [name]: value });
  }

  private set(change: Partial<Filters>): void {
    const all = Object.entries({ ...this.filters, ...change });
    this.filters = Object.fromEntries(all.filter(([, value]) => value !== '')) as unknown as Filters;
    const kept = (Object.keys(NAMES) as Kept[]).filter((name) => this.filters[name] !== undefined);
    this.chips.replaceChildren(...kept.map((name) => this.chip(name)));
    this.changed();
  }

  private chip(name: Kept): HTMLElement {
    const text = `${NAMES[name]}: ${this.labels.get(name) ?? ''}`;
    const click = () => this.set({ [name]: '' });
    return h('button', { type: 'button', class: 'chip', 'aria-label': `Not only ${text}`, on: { click } }, text, ' ×');
  }
}
