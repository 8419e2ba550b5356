import { errorLines, patiently, randomKey } from '../shared/api-client.js';
import {
  isPlaceholder,
  type DecisionAction,
  type DecisionResult,
  type QueueName,
  type Reason,
  type Site,
  type Staff,
} from '../shared/api-types.js';
import { DetailPanel } from './detail-panel.js';
import { openHelp } from './help-dialog.js';
import { ItemList, type Row } from './item-list.js';
import { listenToKeys, type Commands } from './keys.js';
import { followQueues } from './moderation-live.js';
import { QUEUES, QueueView } from './queue-view.js';
import type { StaffApi } from './staff-api.js';

const DONE: Record<DecisionAction, string> = { approve: 'Approved', reject: 'Rejected', spam: 'Marked as spam' };
const REFRESH_MS = 400;

interface Options {
  api: StaffApi;
  staff: Staff;
  token: string | undefined;
  sites: readonly Site[];
  site: string;
  reasons: readonly Reason[];
  pickSite(key: string): void;
  signOut(): void;
}

/** A moderator at work on one site: reads the queue, decides, follows what others do. */
export class Workplace {
  readonly view: QueueView;
  private readonly list = new ItemList();
  private readonly panel: DetailPanel;
  private readonly batches: { batchId: string; text: string }[] = [];
  private readonly stops: (() => void)[] = [];
  private queue: QueueName = 'pending';
  private cursor: string | null = null;
  private refreshing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: Options) {
    const { api, staff, site, sites, reasons } = options;
    this.panel = new DetailPanel((id) => api.detail(id));
    const commands = this.commands();
    this.view = new QueueView(
      { staff, sites, site },
      {
        staffId: staff.id,
        reasons,
        select: (id) => this.select(id),
        decide: (id, action, reason) => void this.decide(id, action, reason),
        openDetail: (id) => this.openDetail(id),
        excerptOf: (id) => this.excerptOf(id),
        pickQueue: (queue) => void this.attempt(() => this.pickQueue(queue)),
        pickSite: options.pickSite,
        more: () => void this.attempt(() => this.more()),
        signOut: options.signOut,
      },
      commands,
      this.panel.element,
    );
    this.view.showQueue(this.queue);
    this.view.showUndo(false);
    this.stops.push(listenToKeys(commands), this.follow());
    const clock = setInterval(() => this.sync(), 30_000);
    this.stops.push(() => clearInterval(clock));
  }

  async start(): Promise<void> {
    await this.attempt(() => this.read());
    this.view.focus(this.list.selectedId);
  }

  stop(): void {
    clearTimeout(this.refreshing);
    for (const stop of this.stops) stop();
  }

  private commands(): Commands {
    const onSelected = (act: (row: Row) => void) => () => {
      const row = this.list.selected;
      if (row && !row.gone && !row.deciding) act(row);
    };
    return {
      next: () => this.step(1),
      previous: () => this.step(-1),
      approve: onSelected(({ item }) => void this.decide(item.id, 'approve')),
      reject: onSelected(({ item }) => this.view.pickReason(item.id)),
      spam: onSelected(({ item }) => void this.decide(item.id, 'spam')),
      detail: () => this.list.selectedId && this.openDetail(this.list.selectedId),
      claim: () => void this.attempt(() => this.claim()),
      undo: () => void this.attempt(() => this.undo()),
      help: openHelp,
    };
  }

  private follow(): () => void {
    const { site, token } = this.options;
    return followQueues({
      site,
      token,
      queues: Object.keys(QUEUES),
      changed: ({ queue, type, itemId }) => {
        if (queue === this.queue && type === 'left') this.list.markGone(itemId);
        this.sync();
        this.refreshSoon();
      },
      joined: () => void this.attempt(() => this.read()),
      status: (live) => this.view.showLive(live),
    });
  }

  /** One reading for a burst of changes. */
  private refreshSoon(): void {
    this.refreshing ??= setTimeout(() => {
      this.refreshing = undefined;
      void this.attempt(() => this.refresh());
    }, REFRESH_MS);
  }

  private async refresh(): Promise<void> {
    const { items, nextCursor } = await this.readQueue();
    this.list.merge(items);
    this.cursor ??= nextCursor;
    this.sync();
  }

  private async read(): Promise<void> {
    const { items, nextCursor } = await this.readQueue();
    this.list.replace(items);
    this.cursor = nextCursor;
    this.sync();
  }

  private async readQueue() {
    const { api, site } = this.options;
    const [items, counts] = await Promise.all([api.items(site, this.queue), api.queues(site)]);
    this.view.showCounts(counts.items);
    return items;
  }

  private async pickQueue(queue: QueueName): Promise<void> {
    this.queue = queue;
    this.list.clear();
    this.cursor = null;
    this.view.showQueue(queue);
    await this.read();
  }

  private async more(): Promise<void> {
    const { items, nextCursor } = await this.options.api.items(this.options.site, this.queue, this.cursor ?? undefined);
    this.list.merge(items);
    this.cursor = nextCursor;
    this.sync();
  }

  private async claim(): Promise<void> {
    const { items } = await this.options.api.claim(this.options.site, this.queue, 10);
    this.list.putFirst(items);
    this.sync();
    this.view.say(items.length === 0 ? 'There is nothing to claim.' : `You hold ${items.length}.`);
    this.view.focus(this.list.selectedId);
    this.refreshSoon();
  }

  private async decide(id: string, action: DecisionAction, reason?: string): Promise<void> {
    const row = this.list.find(id);
    if (!row || row.deciding) return;
    row.deciding = true;
    row.notice = '';
    // On to the next at once; the answer finds its row by id.
    if (this.list.selectedId === id) this.step(1);
    else this.sync();
    const key = randomKey();
    try {
      const answer = await patiently(() => this.options.api.decide(row.item, action, reason, key));
      this.settle(id, action, answer.batchId, answer.results[0]);
    } catch (error) {
      this.unsettled(id, errorLines(error).join(' '));
    }
  }

  private settle(id: string, action: DecisionAction, batchId: string, result: DecisionResult | undefined): void {
    const row = this.list.find(id);
    if (!row || !result) return;
    if (result.outcome === 'applied' || result.outcome === 'unchanged') {
      const text = `${DONE[action]}: ${row.item.comment.author.name}`;
      const hadFocus = this.list.selectedId === id;
      if (result.outcome === 'applied') this.batches.push({ batchId, text });
      this.list.remove(id);
      this.view.say(text);
      this.view.showUndo(this.batches.length > 0);
      this.sync();
      if (hadFocus) this.view.focus(this.list.selectedId);
      this.refreshSoon();
    } else this.unsettled(id, outcomeText(result));
  }

  private unsettled(id: string, notice: string): void {
    const row = this.list.find(id);
    if (!row) return;
    row.deciding = false;
    row.notice = notice;
    this.sync();
    this.refreshSoon();
  }

  private async undo(): Promise<void> {
    const batch = this.batches.at(-1);
    if (!batch) return this.view.say('There is nothing to undo.');
    const { results } = await this.options.api.undo(batch.batchId);
    this.batches.pop();
    this.view.showUndo(this.batches.length > 0);
    const failed = results.filter(({ outcome }) => outcome !== 'applied' && outcome !== 'unchanged');
    this.view.say(failed[0] ? outcomeText(failed[0]) : `Undone. ${batch.text}`);
    this.refreshSoon();
  }

  private async excerptOf(id: string): Promise<string> {
    const { comment } = await this.options.api.comment(id);
    if (isPlaceholder(comment)) return 'Answers a comment that is gone';
    const text = new DOMParser().parseFromString(comment.html, 'text/html').body.textContent.trim();
    return `Answers ${comment.author.name}: “${text.replace(/\s+/g, ' ')}”`;
  }

  private openDetail(id: string): void {
    const row = this.list.find(id);
    if (row) void this.panel.open(row.item.comment.id);
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
    this.view.sync(this.list, this.cursor !== null);
  }
}

function outcomeText({ outcome, current, status }: DecisionResult): string {
  if (outcome === 'forbidden') return 'Not applied: you may not do this.';
  if (outcome === 'not-found') return 'Not applied: the comment does not exist any more.';
  const now = current ? `${current.status}, revision ${current.revision}` : (status ?? 'gone');
  return `Not applied: the comment changed, or somebody else holds it. It is now ${now}. Read it again before deciding.`;
}
