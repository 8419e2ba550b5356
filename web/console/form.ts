import { errorLines } from '../shared/api-client.js';
import { h, showErrors } from '../shared/dom.js';

type Choices = readonly (readonly [value: string, text: string])[];

export const field = (label: string, input: HTMLElement): HTMLElement => h('label', { class: 'field' }, label, input);

export const check = (label: string, input: HTMLInputElement): HTMLElement =>
  h('label', { class: 'toggle' }, input, label);

export function select(choices: Choices, chosen?: string): HTMLSelectElement {
  return h('select', {}, ...choices.map(([value, text]) => h('option', { value, selected: value === chosen }, text)));
}

interface Options {
  label: string;
  submit: string;
  /** Rejects with what is wrong, which is then shown. */
  send(): Promise<void>;
  cancel?: (() => void) | undefined;
}

/** A form that is sent once at a time, and says beside itself what is wrong. */
export function form({ label, submit, send, cancel }: Options, ...fields: HTMLElement[]): HTMLFormElement {
  const errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  const button = h('button', { type: 'submit', class: 'primary' }, submit);
  const back = cancel && h('button', { type: 'button', class: 'quiet', on: { click: cancel } }, 'Cancel');
  const sending = async (event: Event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    showErrors(errors, []);
    try {
      await send();
    } catch (error) {
      showErrors(errors, errorLines(error));
    } finally {
      button.disabled = false;
    }
  };
  const row = h('div', { class: 'actions' }, button, back);
  return h(
    'form',
    { class: 'form', 'aria-label': label, on: { submit: (event) => void sending(event) } },
    ...fields,
    errors,
    row,
  );
}

/** What was typed, or nothing: empty fields are left out of requests. */
export const typed = ({ value }: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): string | undefined =>
  value.trim() === '' ? undefined : value.trim();

/** The same object without what is undefined. */
export function given<T extends object>(fields: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** Over the page, until it is closed. */
export function openDialog(title: string, content: (close: () => void) => HTMLElement): void {
  const dialog = h('dialog', { 'aria-label': title }, h('h2', {}, title));
  dialog.append(content(() => dialog.close()));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
