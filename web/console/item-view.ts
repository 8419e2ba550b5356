import { h, setAttribute, setChildren, setText } from '../shared/dom.js';
import type { CommentItem } from '../shared/api-types.js';
import { fullTime, timeAgo } from '../shared/time.js';
import { casesOf, priorityText } from './cases.js';
import { markedText } from './evidence.js';
import type { CommentRow } from './item-list.js';
import { STATE_TEXT } from './passage-section.js';
import { holderText, type ItemHandlers, type QueuedView, type Question } from './queued-view.js';

/** One comment in a queue, with all that is needed to decide it. */
export class ItemView implements QueuedView {
  readonly element: HTMLLIElement;
  private readonly id: string;
  private readonly article: HTMLElement;
  private readonly mark: HTMLInputElement;
  private readonly holder = h('span', { class: 'badge' });
  private readonly age = h('time');
  private readonly priority = h('span', { class: 'priority' });
  private readonly parent = h('p', { class: 'context parent', dir: 'auto', hidden: true }, 'A reply');
  private readonly quote = h('blockquote', { class: 'passage', dir: 'auto', hidden: true });
  private readonly body = h('div', { class: 'body', dir: 'auto' });
  private readonly cases = h('ul', { class: 'reasons', 'aria-label': 'Why it is here' });
  private readonly notice = h('p', { class: 'notice', role: 'status' });
  private readonly slot = h('div', { class: 'slot' });
  private readonly decisions: HTMLButtonElement[];
  private readonly ofMine: HTMLButtonElement[];
  private shownBody = '';
  private parentAsked = false;

  constructor(
    { item }: CommentRow,
    private readonly handlers: ItemHandlers,
  ) {
    this.id = item.id;
    const { author } = item.comment;
    const action = (text: string, key: string, className: string, act: Parameters<ItemHandlers['act']>[1]) => {
      const click = () => handlers.act(this.id, act);
      const hint = h('kbd', { 'aria-hidden': 'true' }, key);
      return h('button', { type: 'button', class: className, on: { click } }, text, hint);
    };
    this.decisions = [
      action('Approve', 'a', 'approve', 'approve'),
      action('Reject', 'r', 'reject', 'reject'),
      action('Spam', 's', 'reject', 'spam'),
      action('Escalate', 'e', 'quiet', 'escalate'),
      action('In full…', 'f', 'quiet', 'full'),
    ];
    this.ofMine = [action('Give back', 'v', 'quiet', 'release'), action('Not for me', 'n', 'quiet', 'skip')];
    this.mark = h('input', { type: 'checkbox', 'aria-label': `Mark the comment by ${author.name}` });
    this.mark.addEventListener('click', (event) => handlers.mark(this.id, event.shiftKey));
    const reader = h('button', { type: 'button', class: 'name link', title: 'Record, strikes, sanctions (w)' });
    reader.append(h('bdi', { dir: 'auto' }, author.name));
    reader.addEventListener('click', () => handlers.act(this.id, 'reader'));
    this.article = h(
      'article',
      {
        tabindex: -1,
        'aria-label': `Comment by ${author.name}`,
        on: { focusin: () => handlers.select(this.id), click: (event) => this.clicked(event) },
      },
      h('header', {}, this.mark, reader, h('span', { class: 'when' }, this.age), this.priority, this.holder),
      threadLine(item),
      this.parent,
      this.quote,
      this.body,
      this.cases,
      h('div', { class: 'actions' }, ...this.decisions, action('Details', 'd', 'quiet', 'detail'), ...this.ofMine),
      this.slot,
      this.notice,
    );
    this.element = h('li', { class: 'item' }, this.article);
  }

  update({ item, gone, notice, deciding }: CommentRow, selected: boolean, marked: boolean): void {
    const { claim, comment } = item;
    const mine = claim?.by.id === this.handlers.staffId;
    setAttribute(this.article, 'aria-current', selected ? 'true' : null);
    setAttribute(this.article, 'aria-busy', deciding ? 'true' : null);
    this.article.classList.toggle('is-gone', gone);
    this.article.classList.toggle('is-marked', marked);
    this.mark.checked = marked;
    this.holder.hidden = claim === null;
    if (claim) setText(this.holder, holderText(claim, mine));
    this.holder.classList.toggle('mine', mine);
    const { text, title } = priorityText(item);
    setText(this.priority, text);
    this.priority.title = title;
    setText(this.age, `${timeAgo(comment.createdAt)}${comment.editedAt ? ', edited' : ''}`);
    this.age.dateTime = comment.createdAt;
    this.age.title = fullTime(comment.createdAt);
    this.quote.hidden = !comment.quote;
    if (comment.quote) setText(this.quote, quoteText(comment.quote));
    this.showBody(item);
    const cases = casesOf(item);
    setChildren(this.cases, cases);
    this.cases.hidden = cases.length === 0;
    this.parent.hidden = comment.parentId === null;
    if (selected) this.showParent(comment.parentId);
    setText(this.notice, gone ? 'Dealt with elsewhere: it is no longer in this queue.' : notice);
    for (const button of this.decisions) button.disabled = gone || deciding;
    for (const button of this.ofMine) button.hidden = !mine;
  }

  focus(): void {
    this.article.focus({ preventScroll: true });
    this.article.scrollIntoView({ block: 'nearest' });
  }

  ask(question: Question): void {
    const close = () => {
      this.slot.replaceChildren();
      this.article.focus();
    };
    const { element, focus } = question(close);
    this.slot.replaceChildren(element);
    focus();
  }

  /** Shift and click anywhere on the comment marks a range, as lists do. */
  private clicked(event: MouseEvent): void {
    const onControl = event.target instanceof Element && event.target.closest('button, a, input') !== null;
    if (!event.shiftKey || onControl) return;
    getSelection()?.removeAllRanges();
    this.handlers.mark(this.id, true);
  }

  /** The source, not the rendering: a link's target is part of what is judged. */
  private showBody({ comment: { body, revision }, reasons }: CommentItem): void {
    const shown = `${revision} ${reasons.length} ${body}`;
    if (this.shownBody === shown) return;
    this.shownBody = shown;
    this.body.replaceChildren(...markedText(body, reasons));
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
}

function quoteText({ exact, state, original }: NonNullable<CommentItem['comment']['quote']>): string {
  const words = `“${original ?? exact}”`;
  return state === 'anchored' || state === 'moved' ? words : `${words} (${STATE_TEXT[state]})`;
}

const threadLine = ({ comment: { thread } }: CommentItem) =>
  h('p', { class: 'context' }, 'On ', h('a', { href: thread.url, target: '_blank', rel: 'noopener' }, thread.title));
