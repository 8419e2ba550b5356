import { errorLines } from '../../shared/api-client.js';
import type { NewSubscription, Subscription } from '../../shared/api-types.js';
import { h, showErrors } from '../../shared/dom.js';
import { EmailField } from './email-field.js';

const KINDS = {
  thread: 'New comments here',
  replies: 'Replies to my comments here',
} as const satisfies Partial<Record<Subscription['kind'], string>>;
const FOLLOWED: Record<Subscription['kind'], string> = { ...KINDS, comment: 'Replies to one comment of mine' };
/** The server looks into an ask after it has answered. */
const PAUSES_MS = [300, 700, 1_500, 3_000];

export interface Following {
  readonly signedIn: boolean;
  readonly email: string;
  /** What I follow here; nothing without a session. */
  mine(): Promise<Subscription[]>;
  subscribe(subscription: NewSubscription): Promise<void>;
  end(id: string): Promise<void>;
  /** Shows the comment whose replies are followed. */
  open(commentId: string): void;
}

/** "Notify of", under the thread: asks to be told, and shows with a session what I am told of, to stop it. */
export class FollowSection {
  readonly element: HTMLDetailsElement;
  private readonly list = h('ul', { class: 'followed', 'aria-label': 'What you are told of here' });
  private readonly kind = h(
    'select',
    {},
    ...Object.entries(KINDS).map(([value, text]) => h('option', { value }, text)),
  );
  private readonly email: EmailField;
  private readonly send = h('button', { type: 'submit', class: 'primary' }, 'Notify me');
  private readonly said = h('p', { class: 'outcome', role: 'status' });
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private shown = '';
  private busy = false;

  constructor(private readonly following: Following) {
    this.email = new EmailField(following.email);
    const form = h(
      'form',
      { class: 'form-row', novalidate: true, 'aria-label': 'Notify of' },
      h('label', { class: 'name-field' }, 'Notify me of', this.kind),
      this.email.element,
      this.send,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.submit();
    });
    const label = 'Notify of new comments or replies';
    const summary = h('summary', {}, label);
    this.element = h(
      'details',
      { class: 'follow', 'aria-label': label },
      summary,
      this.list,
      form,
      this.said,
      this.errors,
    );
    this.element.addEventListener('toggle', () => void (this.element.open && this.read()));
  }

  sync(): void {
    this.email.setOptional(this.following.signedIn);
    if (!this.following.signedIn) this.show([]);
  }

  private async submit(): Promise<void> {
    if (this.busy) return;
    const { fault } = this.email;
    if (fault) return this.fail([fault]);
    this.fail([]);
    this.setBusy(true);
    try {
      const email = this.email.value;
      await this.following.subscribe({ kind: this.kind.value as keyof typeof KINDS, email });
      const mailed = 'If this address is right, a mail is on its way. Its link confirms what you asked for.';
      this.said.textContent = email === null ? 'Noted. The bell will tell you.' : mailed;
      this.email.input.value = '';
      void this.readUntilOther();
    } catch (error) {
      this.fail(errorLines(error));
    } finally {
      this.setBusy(false);
    }
  }

  private async read(): Promise<void> {
    if (!this.following.signedIn) return;
    try {
      this.show(await this.following.mine());
    } catch (error) {
      this.fail(errorLines(error));
    }
  }

  private async readUntilOther(): Promise<void> {
    const before = this.shown;
    for (const pause of PAUSES_MS) {
      if (!this.following.signedIn || this.shown !== before) return;
      await new Promise((resolve) => setTimeout(resolve, pause));
      await this.read();
    }
  }

  private show(subscriptions: Subscription[]): void {
    this.shown = subscriptions.map(({ id, state }) => id + state).join();
    this.list.hidden = subscriptions.length === 0;
    this.list.replaceChildren(...subscriptions.map((one) => this.item(one)));
  }

  private item({ id, kind, commentId, state }: Subscription): HTMLLIElement {
    const stop = h('button', { type: 'button', class: 'link', 'aria-label': `Stop: ${FOLLOWED[kind]}` }, 'Stop');
    stop.addEventListener('click', () => void this.stop(id));
    const where = commentId !== null && h('button', { type: 'button', class: 'link' }, 'Show it');
    if (where) where.addEventListener('click', () => this.following.open(commentId));
    const waits = state === 'pending' && h('span', { class: 'hint' }, '(waits for the link in the mail)');
    return h('li', {}, h('span', {}, FOLLOWED[kind]), where, waits, stop);
  }

  private async stop(id: string): Promise<void> {
    this.fail([]);
    try {
      await this.following.end(id);
      this.said.textContent = 'Stopped.';
      await this.read();
      this.element.querySelector('summary')?.focus();
    } catch (error) {
      this.fail(errorLines(error));
    }
  }

  private fail(lines: string[]): void {
    showErrors(this.errors, lines);
    this.said.textContent = '';
    this.email.input.toggleAttribute('aria-invalid', false);
    if (lines.length === 0) return;
    this.email.input.setAttribute('aria-invalid', 'true');
    this.email.input.focus();
  }

  /** `aria-disabled`, not `disabled`: the button keeps the focus. */
  private setBusy(busy: boolean): void {
    this.busy = busy;
    this.send.setAttribute('aria-disabled', String(busy));
  }
}
