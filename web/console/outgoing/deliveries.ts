import { errorLines } from '../../shared/api-client.js';
import type { Delivery, DeliveryState, Endpoint } from '../../shared/api-types.js';
import { h, showErrors } from '../../shared/dom.js';
import { fullTime } from '../../shared/time.js';
import type { Desk } from '../desk.js';
import { field, select } from '../form.js';

const STATES: Record<DeliveryState, string> = {
  waiting: 'waits for its next attempt',
  delivered: 'delivered',
  dropped: 'dropped: there was nothing to tell any more',
  failed: 'given up',
};
const CHOICES = [
  ['', 'All'],
  ['waiting', 'Waiting'],
  ['delivered', 'Delivered'],
  ['failed', 'Given up'],
  ['dropped', 'Dropped'],
] as const;

/** What was sent to one endpoint, with every attempt, newest first. */
export class Deliveries {
  private readonly state = select(CHOICES);
  private readonly list = h('ol', { class: 'history', 'aria-label': 'Deliveries' });
  private readonly none = h('p', { class: 'empty' }, 'There are none.');
  private readonly more = h('button', { type: 'button', class: 'quiet' }, 'Older ones');
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });

  constructor(
    private readonly desk: Desk,
    private readonly endpoint: Endpoint,
  ) {
    this.state.addEventListener('change', () => this.attempt(() => this.read()));
  }

  async open(): Promise<HTMLElement[]> {
    await this.read();
    const again = h('button', { type: 'button', class: 'quiet' }, 'Look again');
    again.addEventListener('click', () => this.attempt(() => this.read()));
    const row = h('div', { class: 'filters' }, field('Which', this.state), again);
    return [h('p', { class: 'context' }, this.endpoint.url), row, this.errors, this.none, this.list, this.more];
  }

  private async read(cursor?: string): Promise<void> {
    const state = (this.state.value || undefined) as DeliveryState | undefined;
    const { outgoing } = this.desk.api;
    const { items, nextCursor } = await outgoing.deliveries(this.desk.site.key, this.endpoint.id, { state, cursor });
    if (cursor === undefined) this.list.replaceChildren();
    this.list.append(...items.map((one) => this.item(one)));
    this.none.hidden = this.list.children.length > 0;
    this.more.hidden = nextCursor === null;
    this.more.onclick = () => this.attempt(() => this.read(nextCursor ?? undefined));
  }

  private item(delivery: Delivery): HTMLLIElement {
    const { id, type, at, state, attempts, nextAttemptAt } = delivery;
    const text = state === 'waiting' ? 'Send now' : 'Send again';
    const send = h('button', { type: 'button', class: 'quiet', 'aria-label': `${text}: ${type}` }, text);
    send.addEventListener('click', () =>
      this.attempt(async () => {
        await this.desk.api.outgoing.sendAgain(this.desk.site.key, this.endpoint.id, id);
        this.desk.say('On its way, with what is so now.');
        await this.read();
      }),
    );
    const next = nextAttemptAt ? `, ${fullTime(nextAttemptAt)}` : '';
    return h(
      'li',
      {},
      h('p', {}, h('b', {}, type), ` ${STATES[state]}${next}`),
      h('p', { class: 'when' }, `${fullTime(at)} · ${id}`),
      ...attempts.map(attemptLine),
      send,
    );
  }

  private attempt(act: () => Promise<void>): void {
    showErrors(this.errors, []);
    act().catch((error: unknown) => showErrors(this.errors, errorLines(error)));
  }
}

const attemptLine = ({ n, at, milliseconds, status, detail }: Delivery['attempts'][number]) =>
  h(
    'p',
    { class: 'context' },
    `Attempt ${n}, ${fullTime(at)}: ${status ?? 'no answer'}, ${milliseconds} ms${detail ? `, ${detail}` : ''}`,
  );
