import { errorLines } from '../../shared/api-client.js';
import type { Endpoint } from '../../shared/api-types.js';
import { h, showErrors } from '../../shared/dom.js';
import { fullTime } from '../../shared/time.js';
import type { Desk } from '../desk.js';
import { form, openDialog } from '../form.js';
import { Deliveries } from './deliveries.js';
import { openEndpoint } from './endpoint-form.js';
import { showSecret } from './secret-dialog.js';

const DISABLED: Record<NonNullable<Endpoint['disabled']>, string> = {
  staff: 'Disabled by staff',
  failing: 'Disabled: every attempt failed for days',
  gone: 'Disabled: it answered that it is gone (410)',
};

/** One endpoint: how it fares, and what can be done with it. */
export function endpointCard(desk: Desk, endpoint: Endpoint, changed: () => void): HTMLLIElement {
  const { outgoing } = desk.api;
  const { id, url, enabled } = endpoint;
  const site = desk.site.key;
  const errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  const attempt = (act: () => Promise<unknown>) => {
    showErrors(errors, []);
    act().catch((error: unknown) => showErrors(errors, errorLines(error)));
  };
  const button = (text: string, click: () => void) =>
    h('button', { type: 'button', class: 'quiet', 'aria-label': `${text}: ${url}`, on: { click } }, text);
  const deliveries = () => void desk.panel.open('Deliveries', () => new Deliveries(desk, endpoint).open());
  const test = async () => {
    await outgoing.testEndpoint(site, id);
    desk.say('A test is on its way.');
    deliveries();
  };
  const toggle = async () => {
    await outgoing.changeEndpoint(site, id, { enabled: !enabled });
    changed();
  };
  return h(
    'li',
    { class: 'item' },
    h(
      'article',
      { 'aria-label': `Webhook ${url}` },
      h(
        'header',
        {},
        h('span', { class: 'name' }, url),
        h('span', { class: endpoint.disabled || endpoint.failingSince ? 'badge' : 'when' }, stateOf(endpoint)),
      ),
      endpoint.description ? h('p', {}, endpoint.description) : undefined,
      h('p', { class: 'context' }, [...endpoint.types, endpoint.ordered && 'in order'].filter(Boolean).join(' · ')),
      h(
        'div',
        { class: 'actions' },
        button('Deliveries', deliveries),
        enabled && button('Send a test', () => attempt(test)),
        button('Change', () => openEndpoint(desk, endpoint, changed)),
        button('New secret', () => askForSecret(desk, endpoint, changed)),
        button(enabled ? 'Disable' : 'Enable', () => attempt(toggle)),
        button('Remove', () => askToRemove(desk, endpoint, changed)),
      ),
      errors,
    ),
  );
}

function stateOf({ disabled, disabledAt, failingSince, previousSecretUntil }: Endpoint): string {
  if (disabled) return `${DISABLED[disabled]}${disabledAt ? `, ${fullTime(disabledAt)}` : ''}`;
  if (failingSince) return `Failing since ${fullTime(failingSince)}`;
  return previousSecretUntil && Date.parse(previousSecretUntil) > Date.now()
    ? `Works; the old secret signs too until ${fullTime(previousSecretUntil)}`
    : 'Works';
}

function askForSecret(desk: Desk, { id, url }: Endpoint, changed: () => void): void {
  openDialog('A new secret?', (close) => {
    const send = async () => {
      const made = await desk.api.outgoing.newSecret(desk.site.key, id);
      close();
      changed();
      showSecret(made);
    };
    const text = h('p', {}, `For a day, what is sent to ${url} is signed by both the old and the new one.`);
    return form({ label: 'New secret', submit: 'Make a new secret', cancel: close, send }, text);
  });
}

function askToRemove(desk: Desk, { id, url }: Endpoint, changed: () => void): void {
  openDialog(`Remove ${url}?`, (close) => {
    const send = async () => {
      await desk.api.outgoing.removeEndpoint(desk.site.key, id);
      close();
      changed();
      desk.say('Removed.');
    };
    const text = h('p', {}, 'It is told nothing more, and the log of its deliveries goes with it.');
    return form({ label: 'Remove', submit: 'Remove', cancel: close, send }, text);
  });
}
