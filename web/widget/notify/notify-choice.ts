import { h } from '../../shared/dom.js';
import { icon } from '../icons.js';
import { EmailField } from './email-field.js';
import { WISHES, type Wish, type WishKind, type WishStore } from './wish.js';

/** The bell in the form for a comment: what its writer wants to be told of, and by which address. */
export class NotifyChoice {
  readonly element: HTMLElement;
  readonly email: EmailField;
  private readonly select: HTMLSelectElement;

  constructor(private readonly store: WishStore) {
    const { kind, email } = store.kept;
    this.email = new EmailField(email);
    this.email.setOptional(true);
    const options = Object.entries(WISHES).map(([value, text]) =>
      h('option', { value, selected: value === kind }, text),
    );
    this.select = h('select', {}, ...options);
    this.select.addEventListener('change', () => this.chosen());
    this.element = h(
      'div',
      { class: 'notify' },
      h('label', { class: 'notify-what' }, icon('bell'), h('span', {}, 'Notify me of'), this.select),
      this.email.element,
    );
    this.showField();
  }

  /** What is wrong with it, if anything is. */
  get fault(): string | undefined {
    return this.kind === 'none' ? undefined : this.email.fault;
  }

  /** What is sent with the comment. */
  get wish(): Wish {
    return this.kind === 'none' ? {} : { notify: this.kind, notifyEmail: this.email.value };
  }

  /** For the next time, in any form of this site. */
  keep(): void {
    this.store.keep({ kind: this.kind, email: this.email.input.value.trim() });
  }

  forget(): void {
    this.store.forget();
    this.email.input.value = '';
  }

  private get kind(): WishKind {
    return this.select.value as WishKind;
  }

  private chosen(): void {
    this.showField();
    if (this.kind === 'none') this.keep();
  }

  private showField(): void {
    this.email.element.hidden = this.kind === 'none';
  }
}
