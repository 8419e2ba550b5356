import type { Sort, Thread } from '../shared/api-types.js';
import { h, plural, setChildren, setText } from '../shared/dom.js';
import type { Filter, ThreadModel } from '../shared/thread-model.js';
import { CommentView } from './comment-view.js';
import { Composer } from './composer.js';
import type { Context } from './context.js';
import { FilterBar } from './filter-bar.js';
import { FollowSection } from './notify/follow-section.js';
import { excerpt } from './inline/excerpt.js';
import { MyDecisions } from './my-decisions.js';
import { PassageList } from './passage-list.js';
import { shownWords } from './quote-view.js';

const SORTS: Record<Sort, string> = { newest: 'Newest', oldest: 'Oldest', top: 'Top', active: 'Active' };

const STATE_LINES: Record<Thread['state'], string> = {
  open: '',
  closed: 'This conversation is closed. It can be read and voted on; new comments are not taken.',
  frozen: 'This conversation is frozen. It can be read; comments, edits and votes are not taken.',
};

interface Handlers {
  sortBy(sort: Sort): void;
  loadMore(): void;
}

/** The frame of the thread: count, form, sorting, the list and what stands around it. */
export class ThreadView {
  readonly element: HTMLElement;
  private readonly views = new Map<string, CommentView>();
  private readonly heading = h('h2', {}, 'Comments');
  private readonly live = h('span', { class: 'live', role: 'status' });
  private readonly composer: Composer;
  private readonly filterBar: FilterBar;
  private readonly passages: PassageList;
  private readonly decisions: MyDecisions;
  private readonly follow: FollowSection;
  private readonly review = h('p', { class: 'hint' });
  private readonly closed = h('p', { class: 'state-line', role: 'status', hidden: true });
  private readonly pill = h('button', { type: 'button', class: 'pill', hidden: true });
  private readonly arrivals = h('div', { class: 'arrivals-bar', 'aria-live': 'polite' }, this.pill);
  private readonly empty = h('p', { class: 'empty' }, 'No comments yet.');
  private readonly askedTitle = h('h3', {});
  private readonly asked = h('li', { class: 'divider' }, this.askedTitle);
  private readonly others = h('li', { class: 'divider' }, h('h3', {}, 'Other inline feedbacks'));
  private readonly list = h('ol', { class: 'comments', 'aria-label': 'Comments' });
  private readonly more = h('button', { type: 'button', class: 'load-more' }, 'Load more comments');

  constructor(
    private readonly context: Context,
    sort: Sort,
    handlers: Handlers,
  ) {
    this.composer = new Composer(context, {
      label: 'Your comment',
      submitLabel: 'Post comment',
      notify: true,
      submit: async (body, key, wish) => void (await context.post({ body, key, ...wish })),
      hintsOn: (body) => context.hintsOn({ body }),
    });
    this.filterBar = new FilterBar(context);
    this.passages = new PassageList(context);
    this.decisions = new MyDecisions(context);
    this.follow = new FollowSection(context.following);
    this.composer.element.append(this.review);
    const options = Object.entries(SORTS).map(([value, text]) =>
      h('option', { value, selected: value === sort }, text),
    );
    const select = h('select', {}, ...options);
    select.addEventListener('change', () => handlers.sortBy(select.value as Sort));
    this.pill.addEventListener('click', () => context.reveal(null));
    this.more.addEventListener('click', () => handlers.loadMore());
    this.element = h(
      'section',
      { 'aria-label': 'Comments' },
      h('div', { class: 'top' }, this.heading, h('span', { class: 'top-end' }, this.live, context.bell.element)),
      this.composer.element,
      this.closed,
      this.decisions.element,
      this.passages.element,
      h('div', { class: 'toolbar' }, this.filterBar.button, h('label', { class: 'sort' }, 'Sort by', select)),
      this.filterBar.bar,
      this.arrivals,
      this.empty,
      this.list,
      this.more,
      this.follow.element,
    );
  }

  /** Brings the page in line with the model. */
  sync(model: ThreadModel, filter: Filter): void {
    const { thread, passages } = this.context;
    setText(this.heading, model.total === 0 ? 'Comments' : plural(model.total, 'comment', 'comments'));
    this.composer.element.hidden = thread.state !== 'open';
    this.closed.hidden = thread.state === 'open';
    setText(this.closed, STATE_LINES[thread.state]);
    setText(this.review, hintOf(this.context));
    this.composer.refresh();
    this.filterBar.update(filter, passages.commentCount);
    this.passages.sync();
    this.decisions.sync();
    this.follow.sync();
    this.context.bell.sync(this.context.session);

    const { waiting, cursor, shown } = model.roots;
    setText(this.pill, waiting.length === 0 ? '' : plural(waiting.length, 'new comment', 'new comments'));
    this.pill.hidden = waiting.length === 0;
    this.more.hidden = cursor === null;
    this.empty.hidden = shown.length > 0 || waiting.length > 0;
    setText(this.empty, filter === undefined ? 'No comments yet.' : 'No inline feedbacks yet.');
    setChildren(this.list, this.roots(model, filter));
    for (const id of this.views.keys()) if (!model.entry(id)) this.views.delete(id);
  }

  showLive(live: boolean): void {
    this.live.classList.toggle('is-off', !live);
    setText(this.live, live ? 'Live' : 'Not live, reconnecting…');
  }

  /** `aria-busy`, and the old list dimmed, while another order is read. */
  setBusy(busy: boolean): void {
    this.list.setAttribute('aria-busy', String(busy));
  }

  focus(id: string, block: 'nearest' | 'center'): void {
    this.views.get(id)?.focus(block);
  }

  /** What was decided about a comment of mine, or about all. */
  explain(commentId = ''): Promise<void> {
    return this.decisions.show(commentId);
  }

  /** After the way from a passage to its comments. */
  focusFilter(): void {
    this.filterBar.focus();
  }

  private roots(model: ThreadModel, filter: Filter): HTMLElement[] {
    const { asked, others } = model.rootsByPassage();
    const below = this.items(model, others);
    if (filter === undefined || filter === 'any') return below;
    const passage = this.context.passages.get(filter);
    const words = passage ? excerpt(shownWords(passage.quote), 90) : '';
    setText(this.askedTitle, `${asked.length === 0 ? 'No comments yet on' : 'On'} “${words}”`);
    this.asked.hidden = !passage;
    this.others.hidden = below.length === 0;
    return [this.asked, ...this.items(model, asked), this.others, ...below];
  }

  private items(model: ThreadModel, ids: readonly string[]): HTMLElement[] {
    return ids.flatMap((id) => {
      const entry = model.entry(id);
      if (!entry) return [];
      const view = this.views.get(id) ?? new CommentView(this.context, entry);
      this.views.set(id, view);
      const unloaded = model.unloaded(entry);
      view.update(entry, unloaded, model.answered(entry));
      const replies = this.items(model, entry.replies.shown);
      // What lists have still to bring stands between what they brought and what came live.
      if (unloaded !== null) replies.splice(entry.replies.paged, 0, view.moreItem);
      setChildren(view.list, replies);
      return [view.element];
    });
  }
}

function hintOf({ thread, passages, inline }: Context): string {
  return [
    thread.moderationMode === 'pre' && 'A moderator reads each comment before others see it.',
    'You can use **bold**, *italic*, > quotes and links.',
    inline && passages.revision && 'To comment on a passage, select its words in the article.',
  ]
    .filter(Boolean)
    .join(' ');
}
