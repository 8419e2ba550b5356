import { errorLines } from '../../shared/api-client.js';
import type { StaffMailingList } from '../../shared/api-types.js';
import { h, showErrors } from '../../shared/dom.js';
import type { Desk, Page } from '../desk.js';
import { openList } from './list-form.js';

/** The mailing lists that the box under articles offers, and who is on them, in numbers. */
export class ListsPage implements Page {
  readonly commands = {};
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private readonly list = h('ol', { class: 'items', 'aria-label': 'Mailing lists' });
  readonly element: HTMLElement;

  constructor(private readonly desk: Desk) {
    const add = h('button', { type: 'button', class: 'primary' }, 'New list');
    add.addEventListener('click', () => openList(desk, undefined, () => void this.start()));
    this.element = h(
      'main',
      {},
      h('div', { class: 'page-top' }, h('h2', {}, 'Mailing lists'), h('span', { class: 'grow' }), add),
      h(
        'p',
        { class: 'context' },
        'An address is on a list when its owner has followed the link in a mail. Whoever takes a list is written down in the log.',
      ),
      this.errors,
      this.list,
    );
  }

  async start(): Promise<void> {
    await this.attempt(async () => {
      const lists = await this.desk.api.outgoing.lists(this.desk.site.key);
      this.list.replaceChildren(...lists.map((one) => this.card(one)));
    });
  }

  stop(): void {}

  private card(list: StaffMailingList): HTMLLIElement {
    const { key, name, description, text, textVersion, closed, members } = list;
    const button = (label: string, click: () => void) =>
      h('button', { type: 'button', class: 'quiet', 'aria-label': `${label}: ${name}`, on: { click } }, label);
    const states = [list.default && 'default', closed && 'takes nobody new'].filter(Boolean).join(', ');
    const numbers = Object.entries(members).map(([state, count]) => `${count.toLocaleString('en')} ${state}`);
    return h(
      'li',
      { class: 'item' },
      h(
        'article',
        { 'aria-label': `Mailing list ${name}` },
        h('header', {}, h('span', { class: 'name' }, name), h('span', { class: 'when' }, key), states && badge(states)),
        h('p', {}, description),
        h('p', { class: 'context' }, `Consent, version ${textVersion}: ${text}`),
        h('p', {}, numbers.join(' · ')),
        h(
          'div',
          { class: 'actions' },
          button('Change', () => openList(this.desk, list, () => void this.start())),
          button('Take as CSV', () => void this.attempt(() => this.save(key))),
        ),
      ),
    );
  }

  private async save(key: string): Promise<void> {
    const url = URL.createObjectURL(await this.desk.api.outgoing.exportList(this.desk.site.key, key));
    h('a', { href: url, download: `${key}.csv` }).click();
    // The download has begun by then; the address must last until it has.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    this.desk.say('The log says that you took this list.');
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    showErrors(this.errors, []);
    try {
      await act();
    } catch (error) {
      showErrors(this.errors, errorLines(error));
    }
  }
}

const badge = (text: string) => h('span', { class: 'badge' }, text);
