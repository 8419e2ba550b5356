import { errorLines } from '../../shared/api-client.js';
import { h, showErrors } from '../../shared/dom.js';
import type { Desk, Page } from '../desk.js';
import { endpointCard } from './endpoint-card.js';
import { openEndpoint } from './endpoint-form.js';

/** Where the site's own servers are told of what happens. */
export class WebhooksPage implements Page {
  readonly commands = {};
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private readonly list = h('ol', { class: 'items', 'aria-label': 'Webhooks' });
  private readonly none = h('p', { class: 'empty', hidden: true }, 'Nothing is sent anywhere.');
  readonly element: HTMLElement;

  constructor(private readonly desk: Desk) {
    const add = h('button', { type: 'button', class: 'primary' }, 'New webhook');
    add.addEventListener('click', () => openEndpoint(desk, undefined, () => void this.start()));
    this.element = h(
      'main',
      {},
      h('div', { class: 'page-top' }, h('h2', {}, 'Webhooks'), h('span', { class: 'grow' }), add),
      h(
        'p',
        { class: 'context' },
        'Your own servers are told of what happens here. What cannot be delivered is tried again for three days.',
      ),
      this.errors,
      this.none,
      this.list,
    );
  }

  async start(): Promise<void> {
    showErrors(this.errors, []);
    try {
      const { items } = await this.desk.api.outgoing.endpoints(this.desk.site.key);
      this.list.replaceChildren(...items.map((one) => endpointCard(this.desk, one, () => void this.start())));
      this.none.hidden = items.length > 0;
    } catch (error) {
      showErrors(this.errors, errorLines(error));
    }
  }

  stop(): void {}
}
