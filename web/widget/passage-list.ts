import type { Passage } from '../shared/api-types.js';
import { h, plural, setAttribute, setChildren, setText } from '../shared/dom.js';
import type { Context } from './context.js';
import { whyNot } from './inline/passage-card.js';
import { QuoteView, shownWords } from './quote-view.js';

/**
 * All passages as a list: the way to them for keyboards and screen readers, to whom marks say nothing, and to those that
 * are no longer in the article.
 */
export class PassageList {
  readonly element: HTMLDetailsElement;
  private readonly summary = h('summary', {});
  private readonly list = h('ol', { class: 'passage-list', 'aria-label': 'Passages' });
  private readonly items = new Map<string, PassageItem>();

  constructor(private readonly context: Context) {
    this.element = h('details', { class: 'passages', 'aria-label': 'Passages', hidden: true }, this.summary, this.list);
    // Thousands of items are made for those alone who open it.
    this.element.addEventListener('toggle', () => this.sync());
  }

  sync(): void {
    const { passages, inline } = this.context;
    const { all } = passages;
    // Where passages may come live their place is kept, so that the first one moves nothing.
    this.element.hidden = all.length === 0 && passages.revision === null;
    this.element.classList.toggle('is-empty', all.length === 0);
    setText(this.summary, `Passages with comments (${all.length.toLocaleString('en')})`);
    if (!this.element.open) return;
    const places = new Map(inline?.inOrder().map((id, index) => [id, index]));
    // What has no place here stands last, in the server's order.
    const place = ({ id }: Passage) => places.get(id) ?? Number.MAX_SAFE_INTEGER;
    const ordered = [...all].sort((one, other) => place(one) - place(other));
    setChildren(
      this.list,
      ordered.map((passage) => this.item(passage)),
    );
    for (const id of this.items.keys()) if (!passages.get(id)) this.items.delete(id);
  }

  private item(passage: Passage): HTMLElement {
    const item = this.items.get(passage.id) ?? new PassageItem(this.context, passage.id);
    this.items.set(passage.id, item);
    item.update(passage);
    return item.element;
  }
}

class PassageItem {
  readonly element: HTMLElement;
  private readonly quote = new QuoteView();
  private readonly all = h('button', { type: 'button', class: 'link' });
  private readonly none = h('span', {}, 'No comments yet');
  private readonly write = h('button', { type: 'button', class: 'link' });

  constructor(
    private readonly context: Context,
    private readonly id: string,
  ) {
    this.all.addEventListener('click', () => void context.list(id));
    this.write.addEventListener('click', () => context.inline?.answer(id, this.write));
    this.element = h('li', {}, this.quote.element, h('div', { class: 'actions' }, this.all, this.none, this.write));
  }

  update(passage: Passage): void {
    const { inline } = this.context;
    const { kind, prompt, quote, commentCount } = passage;
    const jump = inline?.has(this.id) ? () => inline.goTo(this.id) : undefined;
    this.quote.update(quote, { prompt: kind === 'question' ? `The editors ask: ${prompt ?? ''}` : undefined, jump });
    this.all.hidden = commentCount === 0;
    this.none.hidden = commentCount > 0;
    setText(this.all, plural(commentCount, 'comment', 'comments'));
    this.write.hidden = !inline || whyNot(this.context, passage) !== '';
    setText(this.write, kind === 'question' ? 'Answer' : 'Comment');
    const about = kind === 'question' ? (prompt ?? '') : shownWords(quote);
    setAttribute(this.write, 'aria-label', `${kind === 'question' ? 'Answer' : 'Comment on'}: ${about}`);
    setAttribute(this.all, 'aria-label', `${this.all.textContent} on: ${about}`);
  }
}
