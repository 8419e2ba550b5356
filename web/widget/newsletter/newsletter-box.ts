import { ApiError, errorLines, type ApiClient } from '../../shared/api-client.js';
import type { MailingList } from '../../shared/api-types.js';
import { h, showErrors } from '../../shared/dom.js';

export interface NewsletterPlace {
  site: string;
  /** The key of a list; without it the site's default. */
  list: string | undefined;
}

/** A file of its own, loaded where the element comes into view. @returns nothing where the list takes nobody */
export async function openNewsletter(client: ApiClient, place: NewsletterPlace): Promise<HTMLElement | undefined> {
  const { items } = await client.call<{ items: MailingList[] }>(
    `/sites/${encodeURIComponent(place.site)}/mailing-lists`,
  );
  const list = items.find((one) => (place.list === undefined ? one.default : one.key === place.list));
  if (!list) throw new Error(`Postil: the site has no mailing list with the key ${place.list ?? '(default)'}.`);
  return list.closed ? undefined : new NewsletterBox(client, place.site, list).element;
}

/**
 * The box under an article. It says the same whatever is known of an address: who is on a list is told to nobody but the
 * owner of the address, by mail.
 */
class NewsletterBox {
  readonly element: HTMLElement;
  private readonly email = h('input', { type: 'email', autocomplete: 'email', inputmode: 'email', required: true });
  private readonly send = h('button', { type: 'submit', class: 'primary' }, 'Subscribe');
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private readonly form: HTMLFormElement;
  private readonly done = h('div', { class: 'said', role: 'status', tabindex: -1, hidden: true });
  private busy = false;

  constructor(
    private readonly client: ApiClient,
    private readonly site: string,
    private readonly list: MailingList,
  ) {
    this.form = h(
      'form',
      { novalidate: true, 'aria-label': list.name },
      h('p', { dir: 'auto' }, list.text),
      h('div', { class: 'form-row' }, h('label', { class: 'name-field' }, 'Your e-mail', this.email), this.send),
      this.errors,
    );
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.submit();
    });
    const title = h('h2', { dir: 'auto' }, list.description || list.name);
    this.element = h('section', { class: 'newsletter', 'aria-label': list.name }, title, this.form, this.done);
  }

  private async submit(): Promise<void> {
    if (this.busy) return;
    if (!this.email.validity.valid) return this.fail(['Give an e-mail address, such as you@example.org.']);
    this.fail([]);
    this.setBusy(true);
    try {
      const { key: list, textVersion } = this.list;
      const body = { email: this.email.value.trim(), consent: true, list, textVersion };
      const path = `/sites/${encodeURIComponent(this.site)}/mailing-list`;
      await this.client.call(path, { method: 'POST', body, tellPage: true });
      this.showSent();
    } catch (error) {
      const aboutField = error instanceof ApiError && error.problem.errors?.some(({ pointer }) => pointer === '/email');
      this.fail(aboutField ? errorLines(error) : ['Something went wrong.', ...errorLines(error)]);
    } finally {
      this.setBusy(false);
    }
  }

  private showSent(): void {
    const again = h('button', { type: 'button', class: 'link' }, 'Use another address');
    again.addEventListener('click', () => {
      this.done.hidden = true;
      this.form.hidden = false;
      this.email.value = '';
      this.email.focus();
    });
    this.done.replaceChildren(
      h('p', {}, h('strong', {}, 'Check your mail.')),
      h('p', {}, 'If this address is right, a mail is on its way. You are on the list when you follow its link.'),
      again,
    );
    this.form.hidden = true;
    this.done.hidden = false;
    this.done.focus();
  }

  private fail(lines: string[]): void {
    showErrors(this.errors, lines);
    this.email.removeAttribute('aria-invalid');
    if (lines.length === 0) return;
    this.email.setAttribute('aria-invalid', 'true');
    this.email.focus();
  }

  private setBusy(busy: boolean): void {
    this.busy = busy;
    this.send.setAttribute('aria-disabled', String(busy));
    this.send.textContent = busy ? 'Sending…' : 'Subscribe';
  }
}
