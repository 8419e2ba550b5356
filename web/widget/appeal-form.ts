import { errorLines } from '../shared/api-client.js';
import { h, showErrors } from '../shared/dom.js';

/** Asks why a decision is wrong. `send` rejects with what stands against the appeal. */
export function appealForm(send: (text: string) => Promise<void>, close: () => void): HTMLFormElement {
  const text = h('textarea', { rows: 4, maxlength: 2_000, dir: 'auto' });
  const errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  let busy = false;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (text.value.trim() === '') return showErrors(errors, ['Say why the decision is wrong.']);
    if (busy) return;
    busy = true;
    try {
      await send(text.value.trim());
    } catch (error) {
      showErrors(errors, errorLines(error));
    } finally {
      busy = false;
    }
  };
  const form = h(
    'form',
    { class: 'composer said', 'aria-label': 'Appeal', novalidate: true, on: { submit: (event) => void submit(event) } },
    h('label', { class: 'text-field' }, 'Why is the decision wrong? You can say so once.', text),
    h(
      'div',
      { class: 'form-row' },
      h('span', { class: 'grow' }),
      h('button', { type: 'button', class: 'quiet', on: { click: close } }, 'Cancel'),
      h('button', { type: 'submit', class: 'primary' }, 'Send appeal'),
    ),
    errors,
  );
  queueMicrotask(() => text.focus());
  return form;
}
