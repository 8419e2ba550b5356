import type { QueueCount, QueueName } from '../shared/api-types.js';
import { h, setChildren, setText, showErrors } from '../shared/dom.js';
import { AppealItem } from './appeal-item.js';
import type { BulkBar } from './bulk-bar.js';
import type { FilterBar } from './filters.js';
import { isOfComment, type ItemList, type Row } from './item-list.js';
import { ItemView } from './item-view.js';
import type { ItemHandlers, QueuedView, Question } from './queued-view.js';

export const QUEUES: Record<QueueName, string> = {
  pending: 'Pending',
  reported: 'Reported',
  unmoderated: 'Unmoderated',
  spam: 'Advertising',
  illegal: 'Illegal content',
  appeals: 'Appeals',
};

interface Handlers extends ItemHandlers {
  pickQueue(queue: QueueName): void;
  claim(): void;
  more(): void;
}

/** The queues and one of them as a list. */
export class QueueView {
  readonly element: HTMLElement;
  private readonly views = new Map<string, QueuedView>();
  private readonly tabs = new Map<QueueName, { button: HTMLButtonElement; count: HTMLElement }>();
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private readonly empty = h('p', { class: 'empty' }, 'Loading…');
  private readonly list = h('ol', { class: 'items', 'aria-label': 'Queue' });
  private readonly moreButton: HTMLButtonElement;

  constructor(
    private readonly handlers: Handlers,
    private readonly filters: FilterBar,
    private readonly bulk: BulkBar,
  ) {
    this.moreButton = h('button', { type: 'button', class: 'more', on: { click: () => handlers.more() } }, 'Load more');
    const claim = h('button', { type: 'button', on: { click: () => handlers.claim() } }, 'Claim next 10');
    claim.append(h('kbd', { 'aria-hidden': 'true' }, 'c'));
    this.element = h(
      'main',
      {},
      h('nav', { 'aria-label': 'Queues' }, ...this.queueButtons()),
      h('div', { class: 'tools' }, filters.element, h('span', { class: 'grow' }), claim, bulk.element),
      this.errors,
      this.empty,
      this.list,
      this.moreButton,
    );
  }

  /** @param read whether what is listed has been read: what is not known yet is not called empty */
  sync(list: ItemList, more: boolean, read: boolean): void {
    const elements = list.rows.map((row) => {
      const view = this.views.get(row.item.id) ?? this.viewOf(row);
      this.views.set(row.item.id, view);
      view.update(row, row.item.id === list.selectedId, list.marks.has(row.item.id));
      return view.element;
    });
    setChildren(this.list, elements);
    for (const id of this.views.keys()) if (!list.find(id)) this.views.delete(id);
    this.empty.hidden = list.rows.length > 0;
    setText(this.empty, read ? 'Nothing is waiting here.' : 'Loading…');
    this.moreButton.hidden = !more;
    this.bulk.update(list.marks.size);
    this.filters.offer(list.selected?.item);
  }

  showQueue(current: QueueName): void {
    for (const [queue, { button }] of this.tabs) button.setAttribute('aria-pressed', String(queue === current));
  }

  showCounts(counts: readonly QueueCount[]): void {
    for (const { queue, open, claimed, oldestAgeSeconds } of counts) {
      const tab = this.tabs.get(queue);
      if (!tab) continue;
      setText(tab.count, `${open.toLocaleString('en')}${claimed > 0 ? ` (${claimed} held)` : ''}`);
      tab.button.title = oldestAgeSeconds === null ? 'Nothing waits' : `The oldest waits for ${span(oldestAgeSeconds)}`;
    }
  }

  /** Its oldest item waits longer than the site wants. */
  showAlarm(queue: string, on: boolean): void {
    this.tabs.get(queue as QueueName)?.button.classList.toggle('alarm', on);
  }

  fail(lines: readonly string[]): void {
    showErrors(this.errors, lines);
  }

  focus(id: string | undefined): void {
    this.views.get(id ?? '')?.focus();
  }

  /** Below the item; or below all that is marked, where that is meant. */
  ask(id: string | undefined, question: Question): void {
    if (id === undefined) this.bulk.ask(question);
    else this.views.get(id)?.ask(question);
  }

  private viewOf(row: Row): QueuedView {
    return isOfComment(row) ? new ItemView(row, this.handlers) : new AppealItem(row, this.handlers);
  }

  private queueButtons(): HTMLButtonElement[] {
    return Object.entries(QUEUES).map(([name, text]) => {
      const queue = name as QueueName;
      const count = h('span', { class: 'count' });
      const click = () => this.handlers.pickQueue(queue);
      const button = h('button', { type: 'button', on: { click } }, text, ' ', count);
      this.tabs.set(queue, { button, count });
      return button;
    });
  }
}

/** A length of time in its largest unit. */
export function span(seconds: number): string {
  const units = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
  ] as const;
  const [size, unit] = units.find(([length]) => seconds >= length) ?? [1, 's'];
  return `${Math.floor(seconds / size)} ${unit}`;
}
