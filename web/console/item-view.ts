import { h, setAttribute, setChildren, setText } from '../shared/dom.js';
import type { DecisionAction, QueueItem, Reason } from '../shared/api-types.js';
import { fullTime, timeAgo } from '../shared/time.js';
import type { Row } from './item-list.js';
import { STATE_TEXT } from './passage-section.js';
import { reasonPicker } from './reason-picker.js';

export interface ItemHandlers {
  readonly staffId: string;
  readonly reasons: readonly Reason[];
  select(id: string): void;
  decide(id: string, action: DecisionAction, reason?: string): void;
  openDetail(id: string): void;
  /** What a reply answers, in a line. */
  excerptOf(commentId: string): Promise<string>;
}

/** One comment in a queue, with all that is needed to decide it. */
export class ItemView {
  readonly element: HTMLLIElement;
  private readonly id: string;
  private readonly article: HTMLElement;
  private readonly holder = h('span', { class: 'badge' });
  private readonly age = h('time');
  private readonly parent = h('p', { class: 'context parent', dir: 'auto', hidden: true }, 'A reply');
  private readonly quote = h('blockquote', { class: 'passage', dir: 'auto', hidden: true });
  private readonly body = h('div', { class: 'body', dir: 'auto' });
  private readonly reasons = h('ul', { class: 'reasons', 'aria-label': 'Why it is here' });
  private readonly notice = h('p', { class: 'notice', role: 'status' });
  private readonly slot = h('div', { class: 'slot' });
  private readonly buttons: HTMLButtonElement[];
  private parentAsked = false;

  constructor(
    { item }: Row,
    private readonly handlers: ItemHandlers,
  ) {
    this.id = item.id;
    const { comment } = item;
    const action = (text: string, key: string, className: string, click: () => void) =>
      h('button', { type: 'button', class: className, on: { click } }, text, h('kbd', { 'aria-hidden': 'true' }, key));
    this.buttons = [
      action('Approve', 'a', 'approve', () => handlers.decide(this.id, 'approve')),
      action('Reject', 'r', 'reject', () => this.pickReason()),
      action('Spam', 's', 'reject', () => handlers.decide(this.id, 'spam')),
    ];
    this.article = h(
      'article',
      {
        tabindex: -1,
        'aria-label': `Comment by ${comment.author.name}`,
        on: { focusin: () => handlers.select(this.id) },
      },
      h(
        'header',
        {},
        h('bdi', { class: 'name', dir: 'auto' }, comment.author.name),
        h('span', { class: 'when' }, this.age),
        this.holder,
      ),
      threadLine(item),
      this.parent,
      this.quote,
      this.body,
      this.reasons,
      h(
        'div',
        { class: 'actions' },
        ...this.buttons,
        action('Details', 'd', 'quiet', () => handlers.openDetail(this.id)),
      ),
      this.slot,
      this.notice,
    );
    this.element = h('li', { class: 'item' }, this.article);
  }

  update(row: Row, selected: boolean): void {
    const { item, gone, notice, deciding } = row;
    const { claim, comment } = item;
    setAttribute(this.article, 'aria-current', selected ? 'true' : null);
    setAttribute(this.article, 'aria-busy', deciding ? 'true' : null);
    this.article.classList.toggle('is-gone', gone);
    this.holder.hidden = claim === null;
    if (claim) setText(this.holder, holderText(claim, this.handlers.staffId));
    this.holder.classList.toggle('mine', claim?.by.id === this.handlers.staffId);
    setText(this.age, `${timeAgo(comment.createdAt)}${comment.editedAt ? ', edited' : ''}`);
    this.age.dateTime = comment.createdAt;
    this.age.title = fullTime(comment.createdAt);
    this.quote.hidden = !comment.quote;
    if (comment.quote) setText(this.quote, quoteText(comment.quote));
    // The source, not the rendering: a link's target is part of what is judged.
    setText(this.body, comment.body);
    // A score of 0 says nothing of the text: where every comment waits, that need not be repeated on each.
    const telling = item.reasons.filter(({ score }) => score > 0);
    const said = [...item.notices.map(noticeLine), ...item.reports.flatMap(reportLine)];
    setChildren(this.reasons, [...telling.map(reasonLine), ...said]);
    this.reasons.hidden = telling.length === 0 && said.length === 0;
    this.parent.hidden = comment.parentId === null;
    if (selected) this.showParent(comment.parentId);
    setText(this.notice, gone ? 'Dealt with elsewhere: it is no longer in this queue.' : notice);
    for (const button of this.buttons) button.disabled = gone || deciding;
  }

  /** Asked for once, when the item is selected; the line is there before, so that nothing moves. */
  private showParent(parentId: string | null): void {
    if (parentId === null || this.parentAsked) return;
    this.parentAsked = true;
    this.handlers.excerptOf(parentId).then(
      (text) => setText(this.parent, text),
      () => (this.parentAsked = false),
    );
  }

  focus(): void {
    this.article.focus({ preventScroll: true });
    this.article.scrollIntoView({ block: 'nearest' });
  }

  pickReason(): void {
    const close = () => {
      this.slot.replaceChildren();
      this.article.focus();
    };
    const picked = (reason?: string) => {
      close();
      this.handlers.decide(this.id, 'reject', reason);
    };
    const picker = reasonPicker(this.handlers.reasons, picked, close);
    this.slot.replaceChildren(picker.element);
    picker.focus();
  }
}

function holderText(claim: NonNullable<QueueItem['claim']>, me: string): string {
  const until = new Date(claim.until).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false });
  return claim.by.id === me ? `Held by you until ${until}` : `Held by ${claim.by.name}`;
}

function quoteText({ exact, state, original }: NonNullable<QueueItem['comment']['quote']>): string {
  const words = `“${original ?? exact}”`;
  return state === 'anchored' || state === 'moved' ? words : `${words} (${STATE_TEXT[state]})`;
}

const threadLine = ({ comment: { thread } }: QueueItem) =>
  h('p', { class: 'context' }, 'On ', h('a', { href: thread.url, target: '_blank', rel: 'noopener' }, thread.title));

/** What the reader wrote; that there is a report, and for which reason, the count says. */
function reportLine({ reason, text, by }: QueueItem['reports'][number]): HTMLLIElement[] {
  if (text === null) return [];
  return [h('li', {}, h('b', {}, reason), ', says ', h('bdi', {}, by.name), ': ', h('q', { dir: 'auto' }, text))];
}

function noticeLine({ law, explanation }: QueueItem['notices'][number]): HTMLLIElement {
  return h('li', {}, h('b', { dir: 'auto' }, law), ': ', h('q', { dir: 'auto' }, explanation));
}

function reasonLine({ rule, explanation }: QueueItem['reasons'][number]): HTMLLIElement {
  return h('li', {}, h('b', {}, rule), `: ${explanation}`);
}
