import type { Passage } from '../../shared/api-types.js';
import { h, plural, setText } from '../../shared/dom.js';
import type { Draft } from '../composer.js';
import type { Context } from '../context.js';
import { QuoteView } from '../quote-view.js';
import { FeedbackForm } from './feedback-form.js';
import { LatestComments } from './latest-comments.js';
import type { Card } from './popover.js';

export type Mode = 'form' | 'comments';

interface Options {
  mode: Mode;
  draft: Draft | undefined;
  close(back: boolean): void;
}

/** What opens at a passage: the editors' question with a form, or the last comments on it. */
export class PassageCard implements Card {
  readonly element: HTMLElement;
  readonly label: string;
  private passage: Passage;
  private mode: Mode;
  private readonly quote = new QuoteView();
  private readonly form: FeedbackForm;
  private readonly latest: LatestComments;
  private readonly all = h('button', { type: 'button', class: 'quiet' }, 'View all comments');
  private readonly write = h('button', { type: 'button', class: 'primary' });
  private readonly read = h('button', { type: 'button', class: 'link' });
  private readonly line = h('p', { class: 'hint' });
  private readonly prompt = h('p', { class: 'asked', dir: 'auto' });
  private readonly comments: HTMLElement;

  constructor(
    private readonly context: Context,
    passage: Passage,
    private readonly options: Options,
  ) {
    this.passage = passage;
    this.mode = options.mode;
    const { id } = passage;
    const isQuestion = passage.kind === 'question';
    this.label = isQuestion ? 'A question of the editors' : 'Comments on this passage';
    this.form = new FeedbackForm(context, {
      label: isQuestion ? 'Your answer' : 'Your comment on this passage',
      draft: options.draft,
      target: () => Promise.resolve({ passageId: id }),
      posted: () => undefined,
      cancel: () => options.close(true),
    });
    this.latest = new LatestComments(context, id, () => options.close(false));
    this.all.addEventListener('click', () => {
      options.close(false);
      void context.list(id);
    });
    setText(this.write, isQuestion ? 'Answer' : 'Comment on this passage');
    this.write.addEventListener('click', () => this.turn('form'));
    this.read.addEventListener('click', () => this.turn('comments'));
    this.comments = h('div', {}, this.latest.element, h('div', { class: 'form-row' }, this.all, this.write));
    const head = isQuestion && h('p', { class: 'kind' }, 'The editors ask');
    this.element = h(
      'div',
      { class: `passage ${passage.kind}` },
      head,
      this.prompt,
      this.quote.element,
      this.comments,
      this.form.element,
      this.line,
      this.read,
    );
    this.update(passage);
  }

  get draft(): Draft | undefined {
    return this.form.draft;
  }

  get dirty(): boolean {
    return this.form.dirty;
  }

  focus(): void {
    if (this.mode === 'form' && !this.form.element.hidden) this.form.focus();
    else this.all.focus({ preventScroll: true });
  }

  update(passage: Passage): void {
    this.passage = passage;
    const { kind, prompt, quote, commentCount } = passage;
    const line = whyNot(this.context, passage);
    this.prompt.hidden = kind !== 'question';
    setText(this.prompt, prompt ?? '');
    this.quote.update(quote);
    const comments = this.mode === 'comments';
    this.comments.hidden = !comments;
    if (comments) this.latest.refresh(commentCount);
    this.write.hidden = line !== '';
    this.form.element.hidden = comments || line !== '';
    this.form.refresh();
    this.line.hidden = line === '';
    setText(this.line, line);
    this.read.hidden = comments || commentCount === 0;
    setText(this.read, `Read ${plural(commentCount, 'comment', 'comments')} on it`);
  }

  private turn(mode: Mode): void {
    this.mode = mode;
    this.update(this.passage);
    this.focus();
  }
}

/** Why no comment is taken on it now; empty where one is. */
export function whyNot({ thread }: Context, { kind, open }: Passage): string {
  if (kind === 'question' && open === false) return 'This question is closed.';
  return thread.state === 'open' ? '' : 'This conversation takes no new comments.';
}
