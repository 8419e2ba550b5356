import { ApiError, errorLines, randomKey } from '../shared/api-client.js';
import { h, setText, showErrors } from '../shared/dom.js';
import type { Context } from './context.js';
import { MentionBox } from './mention/mention-box.js';
import { nameField } from './name-field.js';
import { NotifyChoice } from './notify/notify-choice.js';
import type { Wish } from './notify/wish.js';
import { Nudge } from './nudge.js';

/** What was typed and not stored, with the key under which it was sent if it was: its answer may have been lost. */
export interface Draft {
  text: string;
  attempt: { body: string; key: string } | undefined;
}

interface Options {
  /** What the text field is called: "Your comment", "Your reply to Ann". */
  label: string;
  submitLabel: string;
  text?: string;
  draft?: Draft | undefined;
  placeholder?: string;
  /** `key` stays the same while the text does, so that a lost answer or a double click posts once. */
  submit(body: string, key: string, wish: Wish): Promise<void>;
  cancel?(): void;
  /** Whether its writer may ask to be told of what follows. */
  notify?: true;
  /** What there is to mend in a text, to be said while it is written. */
  hintsOn?(body: string): Promise<string[]>;
}

/** The form for a comment, a reply or an edit. What was typed stays until it is stored. */
export class Composer {
  readonly element: HTMLFormElement;
  private readonly text: HTMLTextAreaElement;
  private readonly box: MentionBox;
  private readonly name = nameField();
  private readonly identity = h('p', { class: 'identity' });
  private readonly counter = h('span', { class: 'counter' });
  private readonly nudge: Nudge;
  private readonly notify: NotifyChoice | undefined;
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private readonly button: HTMLButtonElement;
  private readonly given: string;
  private attempt: Draft['attempt'];
  private busy = false;

  constructor(
    private readonly context: Context,
    private readonly options: Options,
  ) {
    this.text = h('textarea', { rows: 4, dir: 'auto', required: true, placeholder: options.placeholder });
    this.given = options.draft?.text ?? options.text ?? '';
    this.attempt = options.draft?.attempt;
    const label = h('label', { class: 'text-field' }, options.label, this.text);
    this.box = new MentionBox(this.text, label, context.mentions, this.given);
    this.nudge = new Nudge(options.hintsOn);
    this.notify = options.notify && new NotifyChoice(context.wishes);
    this.text.addEventListener('input', () => {
      this.count();
      this.nudge.typed(this.box.markdown.trim());
    });
    this.text.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.element.requestSubmit();
      if (event.key === 'Escape' && this.box.markdown === this.given) options.cancel?.();
    });
    this.button = h('button', { type: 'submit', class: 'primary' }, options.submitLabel);
    this.element = h(
      'form',
      { class: 'composer', 'aria-label': options.label, novalidate: true },
      this.box.element,
      this.nudge.element,
      h(
        'div',
        { class: 'form-row' },
        this.name.element,
        this.identity,
        this.notify?.element,
        h('span', { class: 'grow' }),
        this.counter,
        options.cancel && h('button', { type: 'button', class: 'quiet', on: { click: options.cancel } }, 'Cancel'),
        this.button,
      ),
      this.errors,
    );
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.submit();
    });
    this.refresh();
    this.count();
  }

  /** Shows who is writing; called again when that changes. */
  refresh(): void {
    const { session } = this.context;
    this.name.element.hidden = session !== undefined;
    this.identity.hidden = session === undefined;
    if (!session || this.identity.dataset['reader'] === session.reader.id) return;
    this.identity.dataset['reader'] = session.reader.id;
    this.identity.replaceChildren(
      'As ',
      h('bdi', {}, session.reader.displayName),
      ' · ',
      h('button', { type: 'button', class: 'link', on: { click: () => this.leave() } }, 'Not you?'),
    );
  }

  private leave(): void {
    this.notify?.forget();
    void this.context.signOut();
  }

  focus(): void {
    this.text.focus();
  }

  /** To go on with in another form; undefined where there is nothing. */
  get draft(): Draft | undefined {
    const text = this.box.markdown;
    return text.trim() === '' ? undefined : { text, attempt: this.attempt };
  }

  /** Whether something was typed since it opened. */
  get dirty(): boolean {
    return this.box.markdown !== this.given && this.draft !== undefined;
  }

  private count(): void {
    const { maxLength } = this.context.site.settings;
    const left = maxLength - [...this.box.markdown].length;
    const text = left < 0 ? `${-left} too many` : `${left} left`;
    setText(this.counter, left < maxLength / 10 ? text : '');
    this.counter.classList.toggle('over', left < 0);
  }

  private async submit(): Promise<void> {
    if (this.busy) return;
    const body = this.box.markdown.trim();
    const name = this.name.input.value.trim();
    if (body === '') return this.fail(['Write something first.'], this.text);
    if (!this.context.session && name === '') return this.fail(['Give a name to write under.'], this.name.input);
    const fault = this.notify?.fault;
    if (fault) return this.fail([fault], this.notify?.email.input);
    if (this.attempt?.body !== body) this.attempt = { body, key: randomKey() };
    this.setBusy(true);
    this.fail([]);
    try {
      if (!this.context.session) await this.context.signIn(name);
      await this.options.submit(body, this.attempt.key, this.notify?.wish ?? {});
      this.notify?.keep();
      this.attempt = undefined;
      this.box.markdown = '';
      this.nudge.clear();
      this.count();
    } catch (error) {
      this.fail(errorLines(error), this.inputOf(error));
      this.offerToAcknowledge(error);
    } finally {
      this.setBusy(false);
      this.refresh();
    }
  }

  /** A warning stands in the way until its reader says to have read it; what was written is sent then. */
  private offerToAcknowledge(error: unknown): void {
    if (!(error instanceof ApiError) || error.problem.code !== 'warning-unacknowledged') return;
    const { sanction } = error.problem;
    if (!sanction) return;
    const acknowledge = async () => {
      try {
        await this.context.acknowledge(sanction.id);
      } catch (failure) {
        return this.fail(errorLines(failure));
      }
      this.text.focus();
      await this.submit();
    };
    const read = h('button', { type: 'button', class: 'quiet' }, `I have read it, ${lower(this.options.submitLabel)}`);
    read.addEventListener('click', () => void acknowledge());
    this.errors.append(read);
  }

  /** `aria-disabled`, not `disabled`: the button keeps the focus. */
  private setBusy(busy: boolean): void {
    this.busy = busy;
    this.button.setAttribute('aria-disabled', String(busy));
    setText(this.button, busy ? 'Sending…' : this.options.submitLabel);
  }

  private inputOf(error: unknown): HTMLElement | undefined {
    const field = error instanceof ApiError ? error.problem.errors?.[0]?.pointer : undefined;
    if (field === '/displayName') return this.name.input;
    return field === '/notifyEmail' ? this.notify?.email.input : undefined;
  }

  private fail(lines: string[], field?: HTMLElement): void {
    showErrors(this.errors, lines);
    for (const input of this.element.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
    field?.setAttribute('aria-invalid', 'true');
    field?.focus();
  }
}

const lower = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);
