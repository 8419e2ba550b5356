import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DecisionAnswer, List, CommentItem } from '../../web/shared/api-types.js';
import type { Ledger } from './ledger.js';
import { Refused, type ReplayApi } from './replay-api.js';
import { Tally } from './tally.js';

/** What is held for a decision, and what the rules let through without one. */
const QUEUES = ['pending', 'unmoderated'] as const;
const BATCH = 20;
const PAUSE_MS = 50;
/** With nothing to decide for so long although something must come, it never will. */
const PATIENCE_MS = 60_000;

/** Claims, reads the label, decides in batches. */
export class Moderator {
  /** By action and outcome. */
  readonly outcomes = new Tally();
  /** Comments in the queue that nobody was told were posted. */
  readonly strangers = new Set<string>();
  /** Others' items wait in the queue too: then it takes only this thread's, and claims none. */
  private unclaimed = false;

  constructor(
    private readonly api: ReplayApi,
    private readonly ledger: Ledger,
    private readonly options: { site: string; thread: string; token: string },
  ) {}

  /** Until the readers have finished and each of their comments is decided, or nothing comes any more. */
  async work(readersFinished: () => boolean): Promise<void> {
    let lastDecision = Date.now();
    for (;;) {
      const finished = readersFinished();
      let decided = 0;
      for (const queue of QUEUES) decided += await this.decide(await this.take(queue), finished);
      if (decided > 0) lastDecision = Date.now();
      if (finished && decided === 0) {
        const waiting = [...this.ledger.entries.values()].some((entry) => this.ledger.waits(entry));
        if (!waiting || Date.now() - lastDecision > PATIENCE_MS) return;
      }
      if (decided === 0) await delay(PAUSE_MS);
    }
  }

  get waysOfWorking(): string {
    return this.unclaimed ? "without claims, because the queue holds other threads' comments" : 'each claimed';
  }

  private async take(queue: string): Promise<CommentItem[]> {
    const { site, thread, token } = this.options;
    if (this.unclaimed) {
      const query = new URLSearchParams({ site, thread, sort: 'oldest', limit: String(BATCH) });
      return (await this.api.call<List<CommentItem>>('GET', `/moderation/queues/${queue}/items?${query}`, { token }))
        .items;
    }
    const body = { queue, site, limit: BATCH };
    const { items } = await this.api.call<{ items: CommentItem[] }>('POST', '/moderation/claims', { body, token });
    const others = items.filter((item) => item.comment.thread.key !== thread);
    for (const item of others) await this.release(item);
    this.unclaimed = others.length > 0;
    return items.filter((item) => !others.includes(item));
  }

  private async release({ id }: CommentItem): Promise<void> {
    try {
      await this.api.call('DELETE', `/moderation/claims/${id}`, { token: this.options.token });
    } catch (error) {
      // Whoever shares this sign-in has decided it or given it back.
      if (!(error instanceof Refused)) throw error;
    }
  }

  /** Answers how many were decided. */
  private async decide(items: readonly CommentItem[], finished: boolean): Promise<number> {
    const known = items.filter(({ comment }) => this.ledger.entries.has(comment.id));
    // Before the readers have finished, the answer to the request that made it may be under way.
    if (finished)
      for (const { comment } of items)
        if (!known.some((item) => item.comment === comment)) this.strangers.add(comment.id);
    const isSpam = ({ comment }: CommentItem) => this.ledger.entries.get(comment.id)?.spam === true;
    const spam = known.filter(isSpam);
    const good = known.filter((item) => !isSpam(item));
    return (await this.send('approve', good)) + (await this.send('spam', spam));
  }

  private async send(action: 'approve' | 'spam', items: readonly CommentItem[]): Promise<number> {
    if (items.length === 0) return 0;
    const sentAt = performance.now();
    const judged = items.map(({ comment: { id: commentId, revision, status } }) => ({ commentId, revision, status }));
    const { results } = await this.api.call<DecisionAnswer>('POST', '/moderation/decisions', {
      body: { items: judged, action },
      token: this.options.token,
      idempotencyKey: randomUUID(),
    });
    let decided = 0;
    for (const [index, { commentId, outcome }] of results.entries()) {
      this.outcomes.add(`${action} ${outcome}`);
      const entry = this.ledger.entries.get(commentId);
      const revision = judged[index]?.revision;
      if (!entry || revision === undefined || (outcome !== 'applied' && outcome !== 'unchanged')) continue;
      this.ledger.decided(entry, revision, action === 'approve' ? 'published' : 'spam');
      if (action === 'approve') entry.approvedAt ??= sentAt;
      decided++;
    }
    return decided;
  }
}
