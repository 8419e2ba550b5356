import { errorLines } from '../shared/api-client.js';
import type { Decision, DecisionResult, FoundComment } from '../shared/api-types.js';
import { h, showErrors } from '../shared/dom.js';
import { openDecision } from './decision-form.js';
import type { Desk, Page } from './desk.js';
import { FoundView, type FoundAct } from './found-view.js';
import { reasonPicker } from './reason-picker.js';
import { SearchForm, type Wanted } from './search-form.js';

/** All comments of the site, whatever became of them: found by words, reader, status and time. */
export class SearchPage implements Page {
  readonly element: HTMLElement;
  readonly commands;
  private readonly form = new SearchForm(() => void this.search());
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private readonly none = h('p', { class: 'empty', role: 'status' });
  private readonly list = h('ol', { class: 'items', 'aria-label': 'Found' });
  private readonly more = h('button', { type: 'button', class: 'more', hidden: true }, 'Load more');
  private found: FoundView[] = [];
  private selected = -1;
  private wanted: Wanted = {};
  private cursor: string | null = null;

  constructor(private readonly desk: Desk) {
    const act = (name: FoundAct) => () => {
      const view = this.found[this.selected];
      if (view) this.act(view, name);
    };
    this.commands = {
      next: () => this.step(1),
      previous: () => this.step(-1),
      approve: act('approve'),
      reject: act('reject'),
      spam: act('spam'),
      full: act('full'),
      detail: act('detail'),
      reader: act('reader'),
      search: () => this.form.focus(),
    };
    this.more.addEventListener('click', () => void this.load());
    const head = h('div', { class: 'page-top' }, h('h2', {}, 'Search'));
    this.element = h('main', {}, head, this.form.element, this.errors, this.none, this.list, this.more);
  }

  async start(): Promise<void> {
    this.form.focus();
    await Promise.resolve();
  }

  stop(): void {}

  undone(results: readonly DecisionResult[]): void {
    for (const result of results) this.found.find(({ comment }) => comment.id === result.commentId)?.settle(result);
  }

  private async search(): Promise<void> {
    this.wanted = this.form.wanted;
    this.cursor = null;
    this.found = [];
    this.selected = -1;
    this.list.replaceChildren();
    await this.load();
  }

  private async load(): Promise<void> {
    showErrors(this.errors, []);
    const { wanted } = this;
    try {
      const { items, nextCursor } = await this.desk.api.search(this.desk.site.key, wanted, this.cursor ?? undefined);
      // Another search may have begun meanwhile.
      if (wanted !== this.wanted) return;
      this.cursor = nextCursor;
      for (const comment of items) this.add(comment);
    } catch (error) {
      showErrors(this.errors, errorLines(error));
    }
    this.more.hidden = this.cursor === null;
    const looked = this.cursor === null ? 'Nothing was found.' : 'Nothing yet: there is more to look through.';
    this.none.textContent = this.found.length === 0 ? looked : '';
    this.none.hidden = this.found.length > 0;
  }

  private add(comment: FoundComment): void {
    const at = this.found.length;
    const view: FoundView = new FoundView(
      comment,
      () => this.select(at),
      (name) => this.act(view, name),
    );
    this.found.push(view);
    this.list.append(view.element);
  }

  private select(at: number): void {
    this.found[this.selected]?.mark(false);
    this.selected = at;
    this.found[at]?.mark(true);
  }

  private step(by: 1 | -1): void {
    const at = Math.min(this.found.length - 1, Math.max(0, this.selected + by));
    this.select(at);
    this.found[at]?.focus();
  }

  private act(view: FoundView, name: FoundAct): void {
    const { comment } = view;
    const { reasons } = this.desk;
    if (name === 'detail') return this.desk.openComment(comment.id);
    if (name === 'reader') return this.desk.openReader(comment.author.id);
    const decide = (decision: Decision) => void this.decide(view, decision);
    if (name === 'full') return openDecision(`the comment by ${comment.author.name}`, reasons, true, decide);
    if (name !== 'reject') return decide({ action: name });
    view.ask((close) =>
      reasonPicker(
        reasons,
        (reason) => {
          close();
          decide({ action: 'reject', ...(reason !== undefined && { reason }) });
        },
        close,
      ),
    );
  }

  private async decide(view: FoundView, decision: Decision): Promise<void> {
    try {
      const [result] = await this.desk.decisions.send([view.comment], decision);
      view.settle(result);
    } catch (error) {
      view.fail(errorLines(error).join(' '));
    }
  }
}
