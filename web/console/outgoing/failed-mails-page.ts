import { errorLines } from '../../shared/api-client.js';
import type { DeadLetter, MailTrouble } from '../../shared/api-types.js';
import { h, showErrors } from '../../shared/dom.js';
import { fullTime } from '../../shared/time.js';
import type { Desk, Page } from '../desk.js';
import { field, select } from '../form.js';
import { table } from '../table.js';

const TROUBLES = [
  ['failed', 'Refused, or tried too often'],
  ['uncertain', 'Handed over, but no answer came'],
] as const satisfies readonly (readonly [MailTrouble, string])[];

/** Mails that did not go out, or of which nobody knows; each may be sent again by hand. */
export class FailedMailsPage implements Page {
  readonly commands = {};
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private readonly state = select(TROUBLES);
  private readonly rows = h('div', {});
  private readonly more = h('button', { type: 'button', class: 'quiet', hidden: true }, 'Older ones');
  private shown: DeadLetter[] = [];
  readonly element: HTMLElement;

  constructor(private readonly desk: Desk) {
    this.state.addEventListener('change', () => void this.start());
    this.element = h(
      'main',
      {},
      h('div', { class: 'page-top' }, h('h2', {}, 'Mails that failed'), h('span', { class: 'grow' }), this.filter()),
      h(
        'p',
        { class: 'context' },
        'Sent again, a mail says what is so then, and is dropped where there is nothing to say any more. Who may have got it already may get it twice.',
      ),
      this.errors,
      this.rows,
      this.more,
    );
  }

  start(): Promise<void> {
    return this.attempt(() => this.read());
  }

  stop(): void {}

  private filter(): HTMLElement {
    return h('div', { class: 'filters' }, field('Which', this.state));
  }

  private async read(cursor?: string): Promise<void> {
    const state = this.state.value as MailTrouble;
    const { items, nextCursor } = await this.desk.api.outgoing.deadLetters(this.desk.site.key, state, cursor);
    this.shown = cursor === undefined ? items : [...this.shown, ...items];
    this.draw();
    this.more.hidden = nextCursor === null;
    this.more.onclick = () => void this.attempt(() => this.read(nextCursor ?? undefined));
  }

  private draw(): void {
    const none = h('p', { class: 'empty' }, 'There are none.');
    const columns = ['Mail', 'To', 'Queued', 'Given up', 'Attempts', 'The mail server said', ''];
    const rows = this.shown.map((mail) => [
      mail.kind,
      mail.domain === null ? 'an erased address' : `…@${mail.domain}`,
      fullTime(mail.queuedAt),
      mail.finishedAt === null ? '–' : fullTime(mail.finishedAt),
      mail.attempts.toLocaleString('en'),
      mail.outcome ?? '–',
      this.desk.may('mail.resend') ? this.button(mail) : '',
    ]);
    this.rows.replaceChildren(rows.length === 0 ? none : table('Mails that failed, newest first', columns, rows));
  }

  private button(mail: DeadLetter): HTMLElement {
    const { id, kind, queuedAt } = mail;
    const label = `Send again: ${kind} of ${fullTime(queuedAt)}`;
    const send = h('button', { type: 'button', class: 'quiet', 'aria-label': label }, 'Send again');
    const resend = async () => {
      await this.desk.api.outgoing.resend(id);
      this.shown = this.shown.filter((one) => one !== mail);
      this.draw();
      this.desk.say('It is queued again.');
    };
    send.addEventListener('click', () => void this.attempt(resend));
    return send;
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    showErrors(this.errors, []);
    try {
      await act();
    } catch (error) {
      showErrors(this.errors, errorLines(error));
    }
  }
}
