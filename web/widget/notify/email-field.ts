import { h, setText } from '../../shared/dom.js';

/** The field for an address to write to. With a session it may stay empty: the news come to the bell alone. */
export class EmailField {
  readonly input = h('input', { type: 'email', autocomplete: 'email', inputmode: 'email', maxlength: 254 });
  private readonly label = h('span', {});
  readonly element = h('label', { class: 'name-field' }, this.label, this.input);

  constructor(email = '') {
    this.input.value = email;
  }

  setOptional(optional: boolean): void {
    this.input.placeholder = optional ? 'else the bell here tells you' : '';
    setText(this.label, optional ? 'Your e-mail (optional)' : 'Your e-mail');
    this.input.required = !optional;
  }

  get value(): string | null {
    return this.input.value.trim() || null;
  }

  /** The browser's own look at it; the server looks again. */
  get fault(): string | undefined {
    if (this.input.validity.valid) return undefined;
    return this.value === null ? 'Give an e-mail address to write to.' : 'This is no e-mail address.';
  }
}
