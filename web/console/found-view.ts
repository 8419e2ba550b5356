import type { DecisionResult, FoundComment } from '../shared/api-types.js';
import { h, setAttribute, setText } from '../shared/dom.js';
import { fullTime, timeAgo } from '../shared/time.js';
import { isSettled, outcomeText } from './decisions.js';

export type FoundAct = 'approve' | 'restore' | 'reject' | 'spam' | 'full' | 'detail' | 'reader';

/** A comment that a search found, with what is, and what can be made of it. */
export class FoundView {
  readonly element: HTMLLIElement;
  private readonly article: HTMLElement;
  private readonly status = h('span', { class: 'badge' });
  private readonly notice = h('p', { class: 'notice', role: 'status' });
  private readonly approve: HTMLButtonElement;
  /** Without a key: nobody should take a colleague's decision back by accident. */
  private readonly restore: HTMLButtonElement;
  private readonly slot = h('div', { class: 'slot' });

  constructor(
    public comment: FoundComment,
    select: () => void,
    act: (name: FoundAct) => void,
  ) {
    const { author, body, createdAt, thread } = comment;
    const action = (text: string, key: string, className: string, name: FoundAct) =>
      h('button', { type: 'button', class: className, on: { click: () => act(name) } }, text, h('kbd', {}, key));
    const reader = h('button', { type: 'button', class: 'name link', on: { click: () => act('reader') } });
    reader.append(h('bdi', { dir: 'auto' }, author.name));
    const time = h('time', { datetime: createdAt, title: fullTime(createdAt) }, timeAgo(createdAt));
    this.approve = action('Approve', 'a', 'approve', 'approve');
    this.restore = h('button', { type: 'button', class: 'approve', on: { click: () => act('restore') } }, 'Restore');
    this.article = h(
      'article',
      { tabindex: -1, 'aria-label': `Comment by ${author.name}`, on: { focusin: select } },
      h('header', {}, reader, h('span', { class: 'when' }, time), this.status),
      h(
        'p',
        { class: 'context' },
        'On ',
        h('a', { href: thread.url, target: '_blank', rel: 'noopener' }, thread.title),
      ),
      h('div', { class: 'body', dir: 'auto' }, body),
      h(
        'div',
        { class: 'actions' },
        this.approve,
        this.restore,
        action('Reject', 'r', 'reject', 'reject'),
        action('Spam', 's', 'reject', 'spam'),
        action('In full…', 'f', 'quiet', 'full'),
        action('Details', 'd', 'quiet', 'detail'),
      ),
      this.slot,
      this.notice,
    );
    this.element = h('li', { class: 'item' }, this.article);
    this.showStatus();
  }

  mark(selected: boolean): void {
    setAttribute(this.article, 'aria-current', selected ? 'true' : null);
  }

  focus(): void {
    this.article.focus({ preventScroll: true });
    this.article.scrollIntoView({ block: 'nearest' });
  }

  ask(question: (close: () => void) => { element: HTMLElement; focus(): void }): void {
    const close = () => {
      this.slot.replaceChildren();
      this.article.focus();
    };
    const { element, focus } = question(close);
    this.slot.replaceChildren(element);
    focus();
  }

  /** What came of a decision: it stays where it is, with its present status. */
  settle(result: DecisionResult | undefined): void {
    if (!result) return;
    const { current } = result;
    const status = current?.status ?? result.status ?? this.comment.status;
    this.comment = { ...this.comment, status, ...(current && { revision: current.revision }) };
    this.showStatus();
    setText(this.notice, isSettled(result) ? '' : outcomeText(result));
  }

  private showStatus(): void {
    const { status } = this.comment;
    const isDown = status === 'rejected' || status === 'spam';
    setText(this.status, status);
    this.approve.hidden = isDown;
    this.restore.hidden = !isDown;
  }

  fail(text: string): void {
    setText(this.notice, text);
  }
}
