import { h, setAttribute, setText } from '../shared/dom.js';
import { fullTime, timeAgo } from '../shared/time.js';
import type { Row } from './item-list.js';
import { holderText, type ItemHandlers, type QueuedView } from './queued-view.js';

/** One appeal in its queue; it is judged in the panel, beside all that there is to know. */
export class AppealItem implements QueuedView {
  readonly element: HTMLLIElement;
  private readonly article: HTMLElement;
  private readonly holder = h('span', { class: 'badge' });
  private readonly age = h('time');
  private readonly notice = h('p', { class: 'notice', role: 'status' });
  private readonly judge: HTMLButtonElement;

  constructor(
    { item: { id, appeal, comment } }: Row,
    private readonly handlers: ItemHandlers,
  ) {
    const name = appeal?.reader.name ?? '';
    this.judge = h(
      'button',
      { type: 'button', on: { click: () => handlers.act(id, 'full') } },
      'Judge',
      h('kbd', {}, 'f'),
    );
    const about = appeal?.sanctionId ? 'A sanction' : 'A decision on a comment';
    const by = appeal?.against ? `by ${appeal.against.name}` : 'by a rule';
    this.article = h(
      'article',
      { tabindex: -1, 'aria-label': `Appeal by ${name}`, on: { focusin: () => handlers.select(id) } },
      h('header', {}, h('bdi', { class: 'name' }, name), h('span', { class: 'when' }, this.age), this.holder),
      h('p', { class: 'context' }, `${about}, ${by}${comment ? `, on ${comment.thread.title}` : ''}`),
      h('div', { class: 'body', dir: 'auto' }, appeal?.text ?? 'The text was erased.'),
      h('div', { class: 'actions' }, this.judge),
      this.notice,
    );
    this.element = h('li', { class: 'item' }, this.article);
  }

  update({ item: { appeal, claim }, gone, notice }: Row, selected: boolean): void {
    setAttribute(this.article, 'aria-current', selected ? 'true' : null);
    this.article.classList.toggle('is-gone', gone);
    this.holder.hidden = claim === null;
    if (claim) setText(this.holder, holderText(claim, claim.by.id === this.handlers.staffId));
    if (appeal) {
      setText(this.age, timeAgo(appeal.at));
      this.age.dateTime = appeal.at;
      this.age.title = fullTime(appeal.at);
    }
    const mine =
      appeal?.whyNot === 'own-decision' ? 'You took this decision: another person decides on the appeal.' : '';
    setText(this.notice, gone ? 'Dealt with elsewhere: it is no longer in this queue.' : notice || mine);
    this.judge.disabled = gone;
  }

  focus(): void {
    this.article.focus({ preventScroll: true });
    this.article.scrollIntoView({ block: 'nearest' });
  }

  /** Nothing is asked in the list: the panel is for that. */
  ask(): void {}
}
