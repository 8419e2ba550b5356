import type { QueueCount, QueueName, Site, Staff } from '../shared/api-types.js';
import { h, setChildren, setText, showErrors } from '../shared/dom.js';
import type { ItemList } from './item-list.js';
import { ItemView, type ItemHandlers } from './item-view.js';
import type { Commands } from './keys.js';

export const QUEUES: Record<QueueName, string> = {
  pending: 'Pending',
  reported: 'Reported',
  unmoderated: 'Unmoderated',
  illegal: 'Illegal content',
};

interface Handlers extends ItemHandlers {
  pickQueue(queue: QueueName): void;
  pickSite(key: string): void;
  more(): void;
  signOut(): void;
}

/** The page of a signed-in moderator. */
export class QueueView {
  readonly element: HTMLElement;
  private readonly views = new Map<string, ItemView>();
  private readonly tabs = new Map<QueueName, { button: HTMLButtonElement; count: HTMLElement }>();
  private readonly live = h('span', { class: 'live', role: 'status' });
  private readonly status = h('p', { class: 'status', role: 'status' });
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private readonly undoButton: HTMLButtonElement;
  private readonly empty = h('p', { class: 'empty' }, 'Nothing is waiting here.');
  private readonly list = h('ol', { class: 'items', 'aria-label': 'Queue' });
  private readonly moreButton: HTMLButtonElement;

  constructor(
    context: { staff: Staff; sites: readonly Site[]; site: string },
    private readonly handlers: Handlers,
    commands: Commands,
    panel: HTMLElement,
  ) {
    const { staff, sites, site } = context;
    const button = (text: string, key: string, click: () => void) =>
      h('button', { type: 'button', on: { click } }, text, h('kbd', { 'aria-hidden': 'true' }, key));
    this.undoButton = button('Undo', 'u', () => commands.undo());
    this.moreButton = h('button', { type: 'button', class: 'more', on: { click: () => handlers.more() } }, 'Load more');
    const options = sites.map(({ key, name }) => h('option', { value: key, selected: key === site }, name));
    const select = h('select', { 'aria-label': 'Site' }, ...options);
    select.addEventListener('change', () => handlers.pickSite(select.value));
    this.element = h(
      'div',
      { class: 'console' },
      h(
        'header',
        { class: 'bar' },
        h('h1', {}, 'Postil moderation'),
        sites.length > 1 ? select : h('span', { class: 'site' }, sites[0]?.name ?? ''),
        this.live,
        h('span', { class: 'grow' }),
        h('span', { class: 'who' }, staff.displayName),
        h('button', { type: 'button', class: 'quiet', on: { click: () => handlers.signOut() } }, 'Sign out'),
      ),
      h(
        'div',
        { class: 'tools' },
        h('nav', { 'aria-label': 'Queues' }, ...this.queueButtons()),
        h('span', { class: 'grow' }),
        button('Claim next 10', 'c', () => commands.claim()),
        this.undoButton,
        button('Keys', '?', () => commands.help()),
      ),
      h(
        'div',
        { class: 'columns' },
        h('main', {}, this.status, this.errors, this.empty, this.list, this.moreButton),
        panel,
      ),
    );
  }

  sync(list: ItemList, more: boolean): void {
    const elements = list.rows.map((row) => {
      const view = this.views.get(row.item.id) ?? new ItemView(row, this.handlers);
      this.views.set(row.item.id, view);
      view.update(row, row.item.id === list.selectedId);
      return view.element;
    });
    setChildren(this.list, elements);
    for (const id of this.views.keys()) if (!list.find(id)) this.views.delete(id);
    this.empty.hidden = list.rows.length > 0;
    this.moreButton.hidden = !more;
  }

  showQueue(current: QueueName): void {
    for (const [queue, { button }] of this.tabs) button.setAttribute('aria-pressed', String(queue === current));
  }

  showCounts(counts: readonly QueueCount[]): void {
    for (const { queue, open, claimed } of counts) {
      const tab = this.tabs.get(queue as QueueName);
      if (tab) setText(tab.count, `${open.toLocaleString('en')}${claimed > 0 ? ` (${claimed} held)` : ''}`);
    }
  }

  showLive(live: boolean): void {
    this.live.classList.toggle('is-off', !live);
    setText(this.live, live ? 'Live' : 'Not live');
  }

  showUndo(possible: boolean): void {
    this.undoButton.disabled = !possible;
  }

  say(text: string): void {
    setText(this.status, text);
  }

  fail(lines: readonly string[]): void {
    showErrors(this.errors, lines);
  }

  focus(id: string | undefined): void {
    this.views.get(id ?? '')?.focus();
  }

  pickReason(id: string): void {
    this.views.get(id)?.pickReason();
  }

  private queueButtons(): HTMLButtonElement[] {
    return Object.entries(QUEUES).map(([name, text]) => {
      const queue = name as QueueName;
      const count = h('span', { class: 'count' });
      const button = h(
        'button',
        { type: 'button', on: { click: () => this.handlers.pickQueue(queue) } },
        text,
        ' ',
        count,
      );
      this.tabs.set(queue, { button, count });
      return button;
    });
  }
}
