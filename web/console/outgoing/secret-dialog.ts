import type { EndpointWithSecret } from '../../shared/api-types.js';
import { h } from '../../shared/dom.js';
import { openDialog } from '../form.js';

/** The secret that signs an endpoint's messages. Nobody can read it again, so it is not closed by a slip. */
export function showSecret({ endpoint, secret }: EndpointWithSecret): void {
  openDialog('Keep this secret', (close) => {
    const shown = h('input', { type: 'text', readonly: true, value: secret, 'aria-label': 'Secret' });
    shown.addEventListener('focus', () => shown.select());
    const copy = h('button', { type: 'button', class: 'quiet' }, 'Copy');
    copy.addEventListener('click', () => {
      shown.select();
      navigator.clipboard.writeText(secret).then(
        () => (copy.textContent = 'Copied'),
        () => (copy.textContent = 'Copy it by hand'),
      );
    });
    return h(
      'div',
      { class: 'form' },
      h(
        'p',
        {},
        `It signs what is sent to ${endpoint.url}, by the Standard Webhooks specification. It is shown this once.`,
      ),
      shown,
      h(
        'div',
        { class: 'actions' },
        copy,
        h('button', { type: 'button', class: 'primary', on: { click: close } }, 'I have kept it'),
      ),
    );
  });
}
