import type { Permission, Reason, Staff, StaffSite } from '../shared/api-types.js';
import { h, setText } from '../shared/dom.js';
import { commentDetail } from './comment-detail.js';
import { Decisions } from './decisions.js';
import type { Desk, Page } from './desk.js';
import { openHelp } from './help-dialog.js';
import { listenToKeys } from './keys.js';
import { followQueues } from './moderation-live.js';
import { QUEUES } from './queue-view.js';
import { readerDetail } from './reader-detail.js';
import { pageAt, sectionsOf } from './sections.js';
import { SidePanel } from './side-panel.js';
import type { StaffApi } from './staff-api.js';
import { Toast } from './toast.js';

interface Options {
  api: StaffApi;
  staff: Staff;
  token: string | undefined;
  sites: readonly StaffSite[];
  site: StaffSite;
  reasons: readonly Reason[];
  pickSite(key: string): void;
  signOut(): void;
}

/** The frame of the console for one person on one site: where to go, what was done, and the panel beside the page. */
export class Shell implements Desk {
  readonly api: StaffApi;
  readonly staff: Staff;
  readonly site: StaffSite;
  readonly reasons: readonly Reason[];
  readonly panel = new SidePanel();
  readonly decisions: Decisions;
  readonly element: HTMLElement;
  private readonly toast = new Toast(() => void this.undo());
  private readonly live = h('span', { class: 'live', role: 'status' });
  private readonly links: HTMLAnchorElement[];
  private readonly columns = h('div', { class: 'columns' });
  private readonly stops: (() => void)[] = [];
  private page: Page | undefined;

  constructor(private readonly options: Options) {
    const { api, staff, site, reasons, token } = options;
    this.api = api;
    this.staff = staff;
    this.site = site;
    this.reasons = reasons;
    const tell = (text: string, undoable: number) => this.toast.say(text, undoable);
    this.decisions = new Decisions(api, tell, site.settings.undoSeconds);
    this.links = sectionsOf(this).map(([name, { text }]) => h('a', { href: `#/${name}` }, text));
    this.element = h('div', { class: 'console' }, this.bar(), this.columns, this.toast.element);
    const visit = () => void this.visit();
    addEventListener('hashchange', visit);
    this.stops.push(
      () => removeEventListener('hashchange', visit),
      listenToKeys(() => ({ ...this.page?.commands, undo: () => void this.undo(), help: openHelp })),
      followQueues({
        site: site.key,
        token,
        queues: Object.keys(QUEUES),
        changed: (frame) => this.page?.heard?.(frame),
        joined: () => this.page?.joined?.(),
        status: (live) => this.showLive(live),
      }),
    );
  }

  /** The page that the address names. */
  async visit(): Promise<void> {
    this.page?.stop();
    const { page, section } = pageAt(location.hash, this);
    this.page = page;
    for (const link of this.links) {
      if (link.hash === `#/${section}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    this.panel.element.hidden = true;
    this.columns.replaceChildren(page.element, this.panel.element);
    await page.start();
  }

  stop(): void {
    this.page?.stop();
    for (const stop of this.stops) stop();
  }

  may(action: Permission): boolean {
    return this.site.may.includes(action);
  }

  say(text: string): void {
    this.toast.say(text);
  }

  openComment(id: string): void {
    void this.panel.open('Comment', () => commentDetail(this, id));
  }

  openReader(id: string): void {
    void this.panel.open('Reader', () => readerDetail(this, id));
  }

  private async undo(): Promise<void> {
    try {
      const results = await this.decisions.undo();
      this.page?.undone?.(results);
    } catch (error) {
      this.toast.say(error instanceof Error ? error.message : String(error));
    }
  }

  private bar(): HTMLElement {
    const { sites, site, staff, pickSite, signOut } = this.options;
    const options = sites.map(({ key, name }) => h('option', { value: key, selected: key === site.key }, name));
    const select = h('select', { 'aria-label': 'Site' }, ...options);
    select.addEventListener('change', () => pickSite(select.value));
    const keys = h('button', { type: 'button', class: 'quiet', on: { click: openHelp } }, 'Keys', h('kbd', {}, '?'));
    return h(
      'header',
      { class: 'bar' },
      h('h1', {}, 'Postil moderation'),
      sites.length > 1 ? select : h('span', { class: 'site' }, site.name),
      h('nav', { 'aria-label': 'Sections', class: 'sections' }, ...this.links),
      h('span', { class: 'grow' }),
      this.live,
      h('span', { class: 'who' }, staff.displayName),
      keys,
      h('button', { type: 'button', class: 'quiet', on: { click: signOut } }, 'Sign out'),
    );
  }

  private showLive(live: boolean): void {
    this.live.classList.toggle('is-off', !live);
    setText(this.live, live ? 'Live' : 'Not live');
  }
}
