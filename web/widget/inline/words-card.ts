import type { Selector } from '../../shared/anchoring/index.js';
import type { Anchor, Comment } from '../../shared/api-types.js';
import { h } from '../../shared/dom.js';
import type { Draft } from '../composer.js';
import type { Context } from '../context.js';
import { QuoteView } from '../quote-view.js';
import { FeedbackForm } from './feedback-form.js';
import type { Card } from './popover.js';

interface Options {
  exact: string;
  draft: Draft | undefined;
  anchor: Promise<Anchor>;
  posted(comment: Comment): void;
  close(back: boolean): void;
}

/** What opens at words that a reader has just selected. */
export class WordsCard implements Card {
  readonly element: HTMLElement;
  readonly label = 'Comment on this passage';
  private readonly form: FeedbackForm;

  constructor(context: Context, { exact, draft, anchor, posted, close }: Options) {
    const quote = new QuoteView();
    quote.update({ exact, state: 'anchored' });
    this.form = new FeedbackForm(context, {
      label: 'Your comment on this passage',
      draft,
      target: async () => ({ anchor: await anchor }),
      posted,
      cancel: () => close(true),
    });
    this.element = h('div', { class: 'passage' }, quote.element, this.form.element);
  }

  get draft(): Draft | undefined {
    return this.form.draft;
  }

  get dirty(): boolean {
    return this.form.dirty;
  }

  focus(): void {
    this.form.focus();
  }

  update(): void {
    this.form.refresh();
  }
}

/** Tells the words of two places apart. */
export const keyOf = (selectors: readonly Selector[]): string => JSON.stringify(selectors);
