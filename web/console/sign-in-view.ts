import { errorLines } from '../shared/api-client.js';
import { h, showErrors } from '../shared/dom.js';

/** The form to sign in; `submit` rejects with what is wrong. */
export function signInView(submit: (email: string, password: string) => Promise<void>): HTMLElement {
  const email = h('input', { type: 'email', autocomplete: 'username', required: true, name: 'email' });
  const password = h('input', { type: 'password', autocomplete: 'current-password', required: true, name: 'password' });
  const errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  const send = async (event: Event) => {
    event.preventDefault();
    showErrors(errors, []);
    try {
      await submit(email.value, password.value);
    } catch (error) {
      showErrors(errors, errorLines(error));
      password.select();
    }
  };
  queueMicrotask(() => email.focus());
  return h(
    'main',
    { class: 'sign-in' },
    h('h1', {}, 'Postil moderation'),
    h(
      'form',
      { 'aria-label': 'Sign in', on: { submit: (event) => void send(event) } },
      h('label', {}, 'E-mail', email),
      h('label', {}, 'Password', password),
      h('button', { type: 'submit', class: 'primary' }, 'Sign in'),
      errors,
    ),
  );
}
