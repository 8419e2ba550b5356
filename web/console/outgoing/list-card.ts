import { errorLines } from '../../shared/api-client.js';
import type { StaffMailingList } from '../../shared/api-types.js';
import { h, showErrors } from '../../shared/dom.js';
import type { Desk } from '../desk.js';
import { openList } from './list-form.js';

/** One mailing list: its words, its numbers, and what can be done with it. */
export function listCard(desk: Desk, list: StaffMailingList, changed: () => void): HTMLLIElement {
  const { key, name, description, text, textVersion, closed, members } = list;
  const errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  const button = (label: string, click: () => void) =>
    h('button', { type: 'button', class: 'quiet', 'aria-label': `${label}: ${name}`, on: { click } }, label);
  const take = () => {
    showErrors(errors, []);
    save(desk, key).catch((error: unknown) => showErrors(errors, errorLines(error)));
  };
  const states = [list.default && 'default', closed && 'takes nobody new'].filter(Boolean).join(', ');
  const numbers = Object.entries(members).map(([state, count]) => `${count.toLocaleString('en')} ${state}`);
  return h(
    'li',
    { class: 'item' },
    h(
      'article',
      { 'aria-label': `Mailing list ${name}` },
      h(
        'header',
        {},
        h('span', { class: 'name', dir: 'auto' }, name),
        h('span', { class: 'when' }, key),
        states !== '' && h('span', { class: 'badge' }, states),
      ),
      description !== '' && h('p', { dir: 'auto' }, description),
      h('p', { class: 'context', dir: 'auto' }, `Consent, version ${textVersion}: ${text}`),
      h('p', {}, numbers.join(' · ')),
      h(
        'div',
        { class: 'actions' },
        button('Change', () => openList(desk, list, changed)),
        desk.may('mailing-list.export') && button('Take as CSV', take),
      ),
      errors,
    ),
  );
}

async function save(desk: Desk, key: string): Promise<void> {
  const url = URL.createObjectURL(await desk.api.outgoing.exportList(desk.site.key, key));
  h('a', { href: url, download: `${key}.csv` }).click();
  // The download has begun by then; the address must last until it has.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  desk.say('The log says that you took this list.');
}
