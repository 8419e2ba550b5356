import { h } from '../shared/dom.js';
import { KEYS, keysAreOn, turnKeys } from './keys.js';

/** The list of keys, and the switch for them. */
export function openHelp(): void {
  const toggle = h('input', { type: 'checkbox', checked: keysAreOn() });
  toggle.addEventListener('change', () => turnKeys(toggle.checked));
  const row = (key: string, text: string) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, text));
  const dialog = h(
    'dialog',
    { 'aria-labelledby': 'help-title' },
    h('h2', { id: 'help-title' }, 'Keys'),
    h('dl', { class: 'keys' }, row('1–9', 'The queue of this number'), ...KEYS.map(({ key, text }) => row(key, text))),
    h('label', { class: 'toggle' }, toggle, 'Single keys act'),
    h('form', { method: 'dialog' }, h('button', { class: 'primary' }, 'Close')),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
