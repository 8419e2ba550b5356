import { errorLines } from '../shared/api-client.js';
import { isPlaceholder, type Comment, type VoteValue } from '../shared/api-types.js';
import { h, plural, setAttribute, setText, showErrors } from '../shared/dom.js';
import type { Entry } from '../shared/thread-model.js';
import { fullTime, timeAgo } from '../shared/time.js';
import { avatar } from './avatar.js';
import { Composer } from './composer.js';
import { editableUntil, type Context } from './context.js';
import { icon } from './icons.js';
import { namePrompt } from './name-field.js';
import { QuoteView } from './quote-view.js';
import { reportFlow } from './report-flow.js';

const STATUS_BADGES: Partial<Record<Comment['status'], string>> = {
  pending: 'Waiting for review',
  rejected: 'Rejected',
  spam: 'Rejected',
};

const button = (text: string, click: () => void, className = 'link') =>
  h('button', { type: 'button', class: className, on: { click } }, text);

/** One comment. Its elements are made once and updated in place, so that focus and what is being read stay put. */
export class CommentView {
  readonly element: HTMLLIElement;
  /** Holds the replies. */
  readonly list = h('ol', { class: 'replies' });
  readonly moreItem = h('li', { class: 'more-item' });
  private entry: Entry;
  private html = '';
  private form: Composer | undefined;

  private readonly avatar = avatar();
  private readonly name = h('bdi', { class: 'name', dir: 'auto' });
  private readonly badges = h('span', { class: 'badges' });
  private readonly time = h('time');
  private readonly answers = h('a', { class: 'answers', dir: 'auto', hidden: true });
  private readonly edited = h('span', { class: 'edited' }, 'edited');
  private readonly link = h('a', { class: 'time' }, this.time);
  private readonly quote = new QuoteView();
  private readonly body = h('div', { class: 'body', dir: 'auto' });
  private readonly hints = h('p', { class: 'hint nudge' });
  private readonly gone = h('p', { class: 'gone' });
  private readonly up = this.voteButton(1);
  private readonly down = this.voteButton(-1);
  private readonly replyButton = button('Reply', () => this.openReply());
  private readonly editButton = button('Edit', () => void this.openEdit());
  private readonly deleteButton = button('Delete', () => this.openDelete());
  private readonly reportButton = button('Report', () => this.openReport());
  private readonly whyButton = button('Why?', () => this.why());
  private readonly arrivals = button('', () => this.context.reveal(this.entry.comment.id), 'arrivals');
  private readonly more = button('', () => void this.loadMore(), 'link');
  private readonly slot = h('div', { class: 'slot' });
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private readonly header = h(
    'header',
    {},
    this.avatar.element,
    h('span', { class: 'who' }, this.name, this.badges),
    h('span', { class: 'when' }, this.link, this.edited, this.answers),
  );
  private readonly article: HTMLElement;

  constructor(
    private readonly context: Context,
    entry: Entry,
  ) {
    this.entry = entry;
    const actions = h('div', { class: 'actions' }, this.up, this.down, this.replyButton, this.editButton);
    actions.append(this.whyButton, this.deleteButton, this.reportButton, this.arrivals);
    this.article = h('article', { tabindex: -1 }, this.header, this.quote.element, this.body, this.hints, this.gone);
    this.article.append(actions, this.errors, this.slot);
    this.element = h('li', { class: 'comment', id: `comment-${entry.comment.id}` }, this.article, this.list);
    this.moreItem.append(this.more);
    this.link.href = `#comment-${entry.comment.id}`;
  }

  /**
   * @param unloaded How many more replies there are; null: none, 0: some.
   * @param answered Whom it answers, where the nesting does not show it.
   */
  update(entry: Entry, unloaded: number | null, answered: Comment | undefined): void {
    this.entry = entry;
    const { comment, ghost } = entry;
    if (ghost || isPlaceholder(comment)) this.showGone(!ghost && comment.status === 'deleted');
    else this.showComment(comment);
    this.arrivals.hidden = entry.replies.waiting.length === 0;
    const waiting = plural(entry.replies.waiting.length, 'new reply', 'new replies');
    if (!this.arrivals.hidden) setText(this.arrivals, waiting);
    setText(this.more, unloaded ? `Show ${plural(unloaded, 'more reply', 'more replies')}` : 'Show more replies');
    this.list.hidden = entry.replies.shown.length === 0 && unloaded === null;
    this.answers.hidden = answered === undefined;
    if (answered) {
      setText(this.answers, `to ${answered.author.name}`);
      this.answers.href = `#comment-${answered.id}`;
    }
    this.form?.refresh();
  }

  /** `nearest` leaves the page where it is if the comment can be seen. */
  focus(block: 'nearest' | 'center'): void {
    this.article.focus({ preventScroll: true });
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.article.scrollIntoView({ block, behavior: still ? 'auto' : 'smooth' });
    this.article.classList.add('pointed');
    setTimeout(() => this.article.classList.remove('pointed'), 2_500);
  }

  private showGone(byAuthor: boolean): void {
    this.article.classList.add('is-gone');
    this.header.hidden = this.body.hidden = true;
    this.gone.hidden = false;
    setText(this.gone, byAuthor ? 'This comment was deleted by its author.' : 'This comment was removed.');
    setAttribute(this.article, 'aria-label', 'A comment that is gone');
    this.quote.update(undefined);
    this.body.replaceChildren();
    this.html = '';
    const { up, down, replyButton, editButton, deleteButton, reportButton, whyButton } = this;
    const all = [up, down, replyButton, editButton, deleteButton, reportButton, whyButton];
    for (const control of all) control.hidden = true;
  }

  private showComment(comment: Comment): void {
    const { thread, site } = this.context;
    const mine = this.context.isMine(comment);
    const published = comment.status === 'published';
    this.article.classList.remove('is-gone');
    this.article.classList.toggle('is-held', !published);
    this.header.hidden = this.body.hidden = false;
    this.gone.hidden = true;
    this.avatar.show(comment.author);
    setText(this.name, comment.author.name);
    setAttribute(this.article, 'aria-label', `Comment by ${comment.author.name}`);
    this.showBadges(comment);
    setText(this.time, timeAgo(comment.createdAt));
    this.time.dateTime = comment.createdAt;
    this.link.title = `${fullTime(comment.createdAt)}. Link to this comment`;
    this.edited.hidden = !comment.editedAt;
    this.showQuote(comment);
    if (this.html !== comment.html) {
      // The only markup taken from outside; the server made and sanitised it.
      this.body.innerHTML = comment.html;
      this.html = comment.html;
    }
    this.showVotes(comment, published && thread.state !== 'frozen');
    this.replyButton.hidden = !published || thread.state !== 'open';
    const inTime = editableUntil(comment, site) > Date.now();
    const open = published || comment.status === 'pending';
    this.editButton.hidden = !(mine && inTime && open && thread.state !== 'frozen');
    this.deleteButton.hidden = !mine;
    this.reportButton.hidden = mine || !published;
    this.whyButton.hidden = !mine || open;
    setText(this.hints, published ? '' : (comment.hints ?? []).join(' '));
  }

  /** Replies are about the same words; once is enough. */
  private showQuote({ parentId, passageId, quote }: Comment): void {
    if (parentId !== null || passageId === null) return this.quote.update(undefined);
    const { passages, inline } = this.context;
    const passage = passages.get(passageId);
    const jump = inline?.has(passageId) ? () => inline.goTo(passageId) : undefined;
    this.quote.update(passage?.quote ?? quote, { prompt: passage?.prompt, jump });
  }

  private showBadges(comment: Comment): void {
    const held = STATUS_BADGES[comment.status];
    const texts = [...comment.author.badges, ...(comment.pinned ? ['Pinned'] : []), ...(held ? [held] : [])];
    const shown = texts.join('\n');
    if (this.badges.dataset['shown'] === shown) return;
    this.badges.dataset['shown'] = shown;
    this.badges.replaceChildren(
      ...texts.map((text) => h('span', { class: text === held ? 'badge held' : 'badge' }, text)),
    );
  }

  private showVotes(comment: Comment, allowed: boolean): void {
    const mine = this.context.myVote(comment.id);
    const show = (element: HTMLButtonElement, count: number, word: string, value: VoteValue) => {
      element.hidden = !allowed && (count === 0 || comment.status !== 'published');
      element.disabled = !allowed;
      element.setAttribute('aria-pressed', String(mine === value));
      element.setAttribute('aria-label', `${word}, ${plural(count, 'vote', 'votes')}`);
      setText(element.lastElementChild!, count === 0 ? '' : count.toLocaleString('en'));
    };
    show(this.up, comment.votes.up, 'Vote up', 1);
    show(this.down, comment.votes.down, 'Vote down', -1);
  }

  private voteButton(value: 1 | -1): HTMLButtonElement {
    const element = button('', () => void this.vote(value), 'vote');
    element.append(icon(value === 1 ? 'up' : 'down'), h('span', {}));
    return element;
  }

  private async vote(value: 1 | -1): Promise<void> {
    const { comment } = this.entry;
    if (isPlaceholder(comment)) return;
    if (!this.context.session) {
      const retry = () => {
        this.close();
        void this.vote(value);
      };
      this.slot.replaceChildren(namePrompt(this.context, retry, () => this.close(value === 1 ? this.up : this.down)));
      return;
    }
    await this.attempt(() => this.context.vote(comment, this.context.myVote(comment.id) === value ? 0 : value));
  }

  private openReply(): void {
    const { comment } = this.entry;
    if (isPlaceholder(comment)) return;
    this.open(
      new Composer(this.context, {
        label: `Your reply to ${comment.author.name}`,
        submitLabel: 'Reply',
        notify: true,
        submit: async (body, key, wish) => {
          await this.context.post({ body, parentId: comment.id, key, ...wish });
          this.close();
        },
        cancel: () => this.close(this.replyButton),
        hintsOn: (body) => this.context.hintsOn({ body, parentId: comment.id }),
      }),
    );
  }

  private async openEdit(): Promise<void> {
    const { comment } = this.entry;
    if (isPlaceholder(comment)) return;
    await this.attempt(async () => {
      const text = await this.context.sourceOf(comment);
      this.open(
        new Composer(this.context, {
          label: 'Edit your comment',
          submitLabel: 'Save',
          text,
          submit: async (body) => {
            await this.context.edit(comment, body);
            this.close();
            this.article.focus();
          },
          cancel: () => this.close(this.editButton),
        }),
      );
    });
  }

  private openDelete(): void {
    const { comment } = this.entry;
    const really = button(
      'Delete',
      () => void this.attempt(() => this.context.remove(comment)).then(() => this.close(this.article)),
      'primary',
    );
    const keep = button('Keep', () => this.close(this.deleteButton), 'quiet');
    this.slot.replaceChildren(
      h(
        'div',
        { class: 'confirm', role: 'group', 'aria-label': 'Delete this comment?' },
        h('p', {}, 'Delete this comment for good?'),
        really,
        keep,
      ),
    );
    keep.focus();
  }

  private why(): void {
    const { comment } = this.entry;
    if (!isPlaceholder(comment)) this.context.explain(comment);
  }

  private openReport(): void {
    const { comment } = this.entry;
    if (isPlaceholder(comment)) return;
    this.form = undefined;
    reportFlow(this.context, comment, this.slot, () => this.close(this.reportButton));
  }

  private open(form: Composer): void {
    this.form = form;
    this.slot.replaceChildren(form.element);
    form.focus();
  }

  private close(focus?: HTMLElement): void {
    this.form = undefined;
    this.slot.replaceChildren();
    focus?.focus();
  }

  private loadMore = () => this.attempt(() => this.context.loadReplies(this.entry.comment.id));

  private async attempt(act: () => Promise<void>): Promise<void> {
    showErrors(this.errors, []);
    try {
      await act();
    } catch (error) {
      showErrors(this.errors, errorLines(error));
    }
  }
}
