import { errorLines } from '../shared/api-client.js';
import { h, showErrors } from '../shared/dom.js';
import type { Context } from './context.js';

/** The field in which a guest gives a name. */
export function nameField(): { element: HTMLElement; input: HTMLInputElement } {
  const input = h('input', { type: 'text', autocomplete: 'nickname', required: true, maxlength: 80, dir: 'auto' });
  return { element: h('label', { class: 'name-field' }, 'Your name', input), input };
}

/** Asks a guest for a name before a vote, which has no form of its own. */
export function namePrompt(context: Context, done: () => void, cancel: () => void): HTMLFormElement {
  const { element, input } = nameField();
  const errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      await context.signIn(input.value.trim());
      done();
    } catch (error) {
      showErrors(errors, errorLines(error));
    }
  };
  const form = h(
    'form',
    { class: 'composer', 'aria-label': 'Give a name to vote', on: { submit: (event) => void submit(event) } },
    h('p', { class: 'hint' }, 'A vote counts once for each reader, so it needs a name. It is not shown with the vote.'),
    h(
      'div',
      { class: 'form-row' },
      element,
      h('span', { class: 'grow' }),
      h('button', { type: 'button', class: 'quiet', on: { click: cancel } }, 'Cancel'),
      h('button', { type: 'submit', class: 'primary' }, 'Vote'),
    ),
    errors,
  );
  queueMicrotask(() => input.focus());
  return form;
}
