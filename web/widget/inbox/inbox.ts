import { errorLines } from '../../shared/api-client.js';
import type { InboxPage, Notification, ReadNotifications } from '../../shared/api-types.js';
import { h, setChildren, setText, showErrors } from '../../shared/dom.js';
import { icon } from '../icons.js';
import { inboxItem } from './inbox-item.js';
import { PushSwitch, type PushSource } from './push-switch.js';

export interface InboxSource {
  page(query: { cursor?: string; limit?: number }): Promise<InboxPage>;
  /** @returns how many are left */
  markRead(what: ReadNotifications): Promise<number>;
  /** Calls with the number of unread ones, now and whenever it or the list may have changed; undefined ends it. */
  follow(told: ((unread: number) => void) | undefined): void;
  /** Goes to what it is about where that is on this page. @returns whether it is */
  goTo(notification: Notification): boolean;
  readonly push: PushSource;
}

const PAGE = 20;
/** What is read anew in one go. */
const MOST = 100;

/** The bell with the number of what is new for me, and under it the list. Not modal: the page can be read on. */
export class Inbox {
  readonly element: HTMLElement;
  private readonly count = h('span', { class: 'bell-count', 'aria-hidden': true, hidden: true });
  private readonly bell = h(
    'button',
    { type: 'button', class: 'bell', 'aria-expanded': false },
    icon('bell'),
    this.count,
  );
  private readonly list = h('ol', { class: 'inbox-list' });
  private readonly empty = h('p', { class: 'hint' }, 'Nothing has happened yet.');
  private readonly more = h('button', { type: 'button', class: 'link', hidden: true }, 'Older ones');
  private readonly readAll = h('button', { type: 'button', class: 'link' }, 'Mark all as read');
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private readonly panel: HTMLElement;
  private readonly push: PushSwitch;
  /** By what they say: where nothing changed, focus and reading are left alone. */
  private items = new Map<string, HTMLElement>();
  private newest: string | undefined;

  constructor(private readonly source: InboxSource) {
    this.push = new PushSwitch(source.push);
    this.panel = h(
      'div',
      { class: 'inbox', role: 'dialog', 'aria-label': 'Notifications', tabindex: -1, hidden: true },
      h('div', { class: 'inbox-head' }, h('h3', {}, 'Notifications'), this.readAll),
      this.errors,
      this.empty,
      this.list,
      this.more,
      this.push.element,
    );
    this.element = h('span', { class: 'bell-place' }, this.bell, this.panel);
    this.bell.addEventListener('click', () => (this.panel.hidden ? this.open() : this.close()));
    this.readAll.addEventListener('click', () => void this.attempt(() => this.markAll()));
    this.element.addEventListener('keydown', (event) => this.key(event));
    document.addEventListener('pointerdown', this.elsewhere);
    this.show(0);
    source.follow((unread) => this.told(unread));
  }

  /** Before its reader signs out. */
  signOut(): Promise<void> {
    return this.push.off();
  }

  leave(): void {
    this.source.follow(undefined);
    document.removeEventListener('pointerdown', this.elsewhere);
  }

  private readonly elsewhere = (event: Event): void => {
    if (!this.panel.hidden && !event.composedPath().includes(this.element)) this.panelOpen(false);
  };

  private key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.panel.hidden) return;
    event.stopPropagation();
    this.close();
  }

  private open(): void {
    this.panelOpen(true);
    this.panel.focus();
    void this.attempt(() => this.read());
    void this.attempt(() => this.push.sync());
  }

  private close(): void {
    this.panelOpen(false);
    this.bell.focus();
  }

  private panelOpen(open: boolean): void {
    this.panel.hidden = !open;
    this.bell.setAttribute('aria-expanded', String(open));
  }

  /** What came or was taken down while the list is open is seen at once. */
  private told(unread: number): void {
    this.show(unread);
    if (!this.panel.hidden) void this.attempt(() => this.read());
  }

  private show(unread: number): void {
    const text = unread > 99 ? '99+' : String(unread);
    setText(this.count, text);
    this.count.hidden = unread === 0;
    this.bell.setAttribute('aria-label', unread === 0 ? 'Notifications' : `Notifications, ${text} unread`);
    this.readAll.hidden = unread === 0;
  }

  private async read(): Promise<void> {
    const shown = Math.min(Math.max(PAGE, this.list.children.length), MOST);
    const page = await this.source.page({ limit: shown });
    this.newest = page.items[0]?.at;
    this.show(page.unread);
    this.empty.hidden = page.items.length > 0;
    const items = new Map(page.items.map((one) => [JSON.stringify(one), one]));
    const before = this.items;
    this.items = new Map([...items].map(([said, one]) => [said, before.get(said) ?? this.item(one)]));
    setChildren(this.list, [...this.items.values()]);
    this.offerOlder(page.nextCursor);
  }

  private offerOlder(cursor: string | null): void {
    this.more.hidden = cursor === null;
    this.more.onclick = () =>
      void this.attempt(async () => {
        const page = await this.source.page({ limit: PAGE, ...(cursor !== null && { cursor }) });
        this.list.append(...page.items.map((one) => this.item(one)));
        this.offerOlder(page.nextCursor);
      });
  }

  private item(notification: Notification): HTMLElement {
    const item = inboxItem(notification, (event) => {
      if (this.source.goTo(notification)) {
        event.preventDefault();
        this.panelOpen(false);
      }
      item.classList.remove('is-unread');
      if (notification.readAt === null) void this.attempt(() => this.mark({ ids: [notification.id] }));
    });
    return item;
  }

  private async markAll(): Promise<void> {
    if (this.newest === undefined) return;
    await this.mark({ before: this.newest });
    for (const item of this.list.children) item.classList.remove('is-unread');
    this.panel.focus();
  }

  private async mark(what: ReadNotifications): Promise<void> {
    this.show(await this.source.markRead(what));
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    showErrors(this.errors, []);
    try {
      await action();
    } catch (error) {
      showErrors(this.errors, errorLines(error));
    }
  }
}
