import { errorLines } from '../shared/api-client.js';
import type { Appeal, Decision, DecisionResult, QueueItem, QueueName } from '../shared/api-types.js';
import { plural } from '../shared/dom.js';
import { appealDetail } from './appeal-detail.js';
import { BulkBar } from './bulk-bar.js';
import { openDecision } from './decision-form.js';
import { isSettled, outcomeText } from './decisions.js';
import type { Desk, Page } from './desk.js';
import { excerptOf } from './excerpt-of.js';
import { FilterBar } from './filters.js';
import { isOfComment, ItemList, type CommentRow, type Row } from './item-list.js';
import type { Commands } from './keys.js';
import type { QueueFrame } from './moderation-live.js';
import { QUEUES, QueueView } from './queue-view.js';
import type { ItemHandlers } from './queued-view.js';
import { reasonPicker } from './reason-picker.js';

const REFRESH_MS = 400;

/** A moderator at work on the queues of one site: reads, marks, decides, follows what others do. */
export class QueuePage implements Page {
  readonly commands: Partial<Commands>;
  private readonly view: QueueView;
  private readonly list = new ItemList();
  private readonly filters = new FilterBar(() => void this.attempt(() => this.again()));
  private cursor: string | null = null;
  private refreshing: ReturnType<typeof setTimeout> | undefined;
  private fromStart = false;
  private isRead = false;
  private clock: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly desk: Desk,
    private queue: QueueName,
    private readonly picked: (queue: QueueName) => void,
  ) {
    const commands = (this.commands = this.makeCommands());
    const bulk = new BulkBar(commands);
    const act: ItemHandlers['act'] = (id, name) => {
      // A button is about its own comment, also while others are marked.
      this.list.marks.clear();
      this.select(id);
      commands[name]();
    };
    const handlers = {
      staffId: desk.staff.id,
      select: (id: string) => this.select(id),
      mark: (id: string, range: boolean) => this.mark(id, range),
      act,
      excerptOf: (id: string) => excerptOf(desk.api, id),
      pickQueue: (name: QueueName) => this.pickQueue(name),
      claim: commands.claim,
      more: () => void this.attempt(() => this.more()),
    };
    this.view = new QueueView(handlers, this.filters, bulk);
    this.view.showQueue(queue);
  }

  get element(): HTMLElement {
    return this.view.element;
  }

  async start(): Promise<void> {
    this.clock = setInterval(() => this.sync(), 30_000);
    this.sync();
    await this.attempt(() => this.read());
    this.view.focus(this.list.selectedId);
  }

  stop(): void {
    clearTimeout(this.refreshing);
    clearInterval(this.clock);
  }

  heard({ queue, type, itemId, counts }: QueueFrame): void {
    this.view.showCounts(counts);
    if (type === 'alarm' || type === 'calm') return this.view.showAlarm(queue, type === 'alarm');
    if (queue !== this.queue) return;
    if (type === 'left' && itemId !== null) this.list.markGone(itemId);
    // So many that no frame names them: what has left is seen by reading from the start.
    if (itemId === null) this.fromStart = true;
    this.sync();
    this.refreshSoon();
  }

  joined(): void {
    void this.attempt(() => this.read());
  }

  private makeCommands() {
    const { desk, list } = this;
    const onSelected = (act: (row: Row) => unknown) => () => {
      const row = list.selected;
      if (row && !row.gone && !row.deciding) act(row);
    };
    const decide = (decision: Decision) => () => void this.decide(list.meant, decision);
    return {
      next: () => this.step(1),
      previous: () => this.step(-1),
      approve: decide({ action: 'approve' }),
      spam: decide({ action: 'spam' }),
      ignore: decide({ action: 'approve', reportVerdict: 'ignored' }),
      escalate: decide({ action: 'escalate' }),
      reject: () => this.askReason(),
      full: () => this.askAll(),
      mark: onSelected(({ item }) => this.mark(item.id, false)),
      markAll: () => this.remark(() => list.marks.toggleAll(list.ids)),
      clear: () => this.remark(() => list.marks.clear()),
      pin: onSelected((row) => isOfComment(row) && this.attempt(() => this.pin(row))),
      detail: () => this.about(({ comment }) => comment && desk.openComment(comment.id)),
      reader: () => this.about(({ comment, appeal }) => desk.openReader(appeal?.reader.id ?? comment?.author.id ?? '')),
      claim: () => void this.attempt(() => this.claim()),
      release: onSelected(({ item }) => this.attempt(() => this.giveBack(() => desk.api.release(item.id)))),
      skip: onSelected(({ item }) => this.attempt(() => this.giveBack(() => desk.api.skip(item.id)))),
      search: () => this.filters.focus(),
      tab: (index: number) => this.pickQueue(Object.keys(QUEUES)[index] as QueueName | undefined),
    };
  }

  private askReason(): void {
    const rows = this.list.meant;
    if (rows.length === 0) return;
    this.view.ask(this.only(rows)?.item.id, (close) =>
      reasonPicker(
        this.desk.reasons,
        (reason) => {
          close();
          void this.decide(rows, { action: 'reject', ...(reason !== undefined && { reason }) });
        },
        close,
      ),
    );
  }

  private about(show: (item: QueueItem) => unknown): void {
    if (this.list.selected) show(this.list.selected.item);
  }

  private askAll(): void {
    const { selected } = this.list;
    if (selected?.item.appeal) return this.judge(selected.item.appeal);
    const rows = this.list.meant;
    if (rows.length === 0) return;
    const what = rows.length === 1 ? `the comment by ${rows[0]?.item.comment.author.name}` : `${rows.length} comments`;
    const reported = rows.some(({ item }) => item.reportCount > 0);
    openDecision(what, this.desk.reasons, reported, (decision) => void this.decide(rows, decision));
  }

  private judge({ id }: Appeal): void {
    const decided = () => void this.attempt(() => this.refresh());
    void this.desk.panel.open('Appeal', () => appealDetail(this.desk, id, decided));
  }

  /** The one that is meant where nothing is marked: questions about it stand below it. */
  private only = (rows: readonly CommentRow[]): CommentRow | undefined =>
    this.list.marks.size > 0 ? undefined : rows[0];

  private async decide(rows: readonly CommentRow[], decision: Decision): Promise<void> {
    if (rows.length === 0) return;
    for (const row of rows) Object.assign(row, { deciding: true, notice: '' });
    // On to the next at once; the answer finds its rows by id.
    if (this.only(rows)) this.step(1);
    else this.remark(() => this.list.marks.clear());
    try {
      const results = await this.desk.decisions.send(
        rows.map(({ item }) => item.comment),
        decision,
      );
      this.settle(rows, results, decision.action === 'escalate');
    } catch (error) {
      for (const row of rows) this.unsettled(row.item.id, errorLines(error).join(' '));
    }
    this.sync();
    this.refreshSoon();
  }

  /** @param stays what is escalated stays in its queue */
  private settle(rows: readonly CommentRow[], results: readonly DecisionResult[], stays: boolean): void {
    const { selectedId } = this.list;
    for (const { item } of rows) {
      const result = results.find(({ commentId }) => commentId === item.comment.id);
      if (result && isSettled(result) && !stays) this.list.remove(item.id);
      else this.unsettled(item.id, result && !isSettled(result) ? outcomeText(result) : '');
    }
    this.sync();
    if (this.list.selectedId !== selectedId) this.view.focus(this.list.selectedId);
  }

  private unsettled(id: string, notice: string): void {
    const row = this.list.find(id);
    if (row) Object.assign(row, { deciding: false, notice });
  }

  private async pin({ item: { comment } }: CommentRow): Promise<void> {
    await this.desk.api.pin(comment.id, !comment.pinned);
    this.desk.say(comment.pinned ? 'No longer pinned.' : 'Pinned at the head of its thread.');
    await this.refresh();
  }

  private async claim(): Promise<void> {
    const { items } = await this.desk.api.claim(this.desk.site.key, this.queue, 10);
    this.list.putFirst(items);
    this.sync();
    this.desk.say(items.length === 0 ? 'There is nothing to claim.' : `You hold ${items.length}.`);
    this.view.focus(this.list.selectedId);
    this.refreshSoon();
  }

  private async giveBack(call: () => Promise<unknown>): Promise<void> {
    await call();
    this.step(1);
    await this.refresh();
  }

  private pickQueue(queue: QueueName | undefined): void {
    if (queue === undefined) return;
    this.queue = queue;
    this.view.showQueue(queue);
    this.picked(queue);
    void this.attempt(() => this.again());
  }

  /** Another list: from its start, with nothing selected. */
  private async again(): Promise<void> {
    this.list.clear();
    this.cursor = null;
    this.isRead = false;
    this.sync();
    await this.read();
  }

  private async read(): Promise<void> {
    const page = await this.readQueue();
    if (!page) return;
    this.list.replace(page.items);
    this.cursor = page.nextCursor;
    this.isRead = true;
    this.sync();
  }

  /** One reading for a burst of changes. */
  private refreshSoon(): void {
    this.refreshing ??= setTimeout(() => {
      this.refreshing = undefined;
      const { fromStart } = this;
      this.fromStart = false;
      void this.attempt(() => (fromStart ? this.read() : this.refresh()));
    }, REFRESH_MS);
  }

  private async refresh(): Promise<void> {
    const page = await this.readQueue();
    if (!page) return;
    this.list.merge(page.items);
    this.cursor ??= page.nextCursor;
    this.sync();
  }

  private async readQueue() {
    const { api, site } = this.desk;
    const { queue } = this;
    const { filters } = this.filters;
    const [page, counts] = await Promise.all([api.items(site.key, queue, filters), api.queues(site.key)]);
    this.view.showCounts(counts.items);
    // Meanwhile something else may have been picked; its own reading brings what is shown.
    return queue === this.queue && filters === this.filters.filters ? page : undefined;
  }

  private async more(): Promise<void> {
    const { api, site } = this.desk;
    const page = await api.items(site.key, this.queue, this.filters.filters, this.cursor ?? undefined);
    const before = this.list.rows.length;
    this.list.merge(page.items);
    this.cursor = page.nextCursor;
    this.sync();
    this.desk.say(`${plural(this.list.rows.length - before, 'more is', 'more are')} listed.`);
  }

  private mark(id: string, range: boolean): void {
    this.select(id);
    this.remark(() => (range ? this.list.marks.extend(this.list.ids, id) : this.list.marks.toggle(id)));
  }

  private remark(change: () => void): void {
    change();
    this.sync();
  }

  private select(id: string): void {
    if (this.list.selectedId === id) return;
    this.list.selectedId = id;
    this.sync();
  }

  private step(by: 1 | -1): void {
    this.list.step(by);
    this.sync();
    this.view.focus(this.list.selectedId);
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    this.view.fail([]);
    try {
      await act();
    } catch (error) {
      this.view.fail(errorLines(error));
    }
  }

  private sync(): void {
    this.view.sync(this.list, this.cursor !== null, this.isRead);
  }
}
