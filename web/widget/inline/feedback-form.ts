import type { Anchor, Comment } from '../../shared/api-types.js';
import { h } from '../../shared/dom.js';
import { Composer, type Draft } from '../composer.js';
import type { Context } from '../context.js';

interface Options {
  label: string;
  /** What was typed here before, and not sent. */
  draft: Draft | undefined;
  /** What it is to hang on, when it is sent. */
  target(): Promise<{ passageId: string } | { anchor: Anchor }>;
  posted(comment: Comment): void;
  cancel(): void;
}

/** The form at a passage, and after it what became of the comment: the reader stays where the words are. */
export class FeedbackForm {
  readonly element = h('div', {});
  private readonly composer: Composer;

  constructor(
    private readonly context: Context,
    private readonly options: Options,
  ) {
    this.composer = new Composer(context, {
      label: options.label,
      submitLabel: 'Post comment',
      draft: options.draft,
      notify: true,
      submit: async (body, key, wish) => {
        const target = await options.target();
        const comment = await context.post({ body, key, ...wish, ...target, stay: true });
        options.posted(comment);
        this.showOutcome(comment);
      },
      cancel: () => options.cancel(),
    });
    this.element.append(this.composer.element);
  }

  get draft(): Draft | undefined {
    return this.composer.draft;
  }

  get dirty(): boolean {
    return this.composer.dirty;
  }

  focus(): void {
    this.composer.focus();
  }

  refresh(): void {
    this.composer.refresh();
  }

  private showOutcome({ id, status }: Comment): void {
    const done = h('button', { type: 'button', class: 'primary' }, 'Done');
    done.addEventListener('click', () => this.options.cancel());
    const show = h('button', { type: 'button', class: 'quiet' }, 'Show it in the thread');
    show.addEventListener('click', () => {
      this.options.cancel();
      void this.context.openComment(id);
    });
    const text = status === 'published' ? 'Posted.' : 'Sent. Only you see it until a moderator has read it.';
    this.element.replaceChildren(h('p', { class: 'outcome' }, text), h('div', { class: 'form-row' }, show, done));
    // Not under a finger that still rests on the button that sent it.
    done.focus({ preventScroll: true });
  }
}
