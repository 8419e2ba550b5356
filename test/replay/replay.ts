import { setTimeout as delay } from 'node:timers/promises';
import type { Site, StaffSession } from '../../web/shared/api-types.js';
import type { SourceComment } from './dataset.js';
import { Ledger } from './ledger.js';
import { LivePage } from './live-page.js';
import { Moderator } from './moderator.js';
import { planOf, type Step } from './plan.js';
import type { Standing } from './progress.js';
import { Readers } from './readers.js';
import { ReplayApi } from './replay-api.js';
import { delays, spread, type Report } from './report.js';
import { differences, readWhole, type WholeThread } from './thread-copy.js';

export interface ReplayOptions {
  url: string;
  email: string;
  password: string;
  site: string;
  /** A key that no thread has yet. */
  thread: string;
  mode: 'pre' | 'post';
  pages: number;
  concurrency: number;
  seed: number;
  comments: readonly SourceComment[];
}

/** How long one request may be sent again, and how long the thread may take to come to rest after the last one. */
const PATIENCE_MS = 90_000;
const SETTLE_MS = 60_000;
const SETTLE_PAUSE_MS = 200;
const OPENING_AT_ONCE = 10;

/** Comments through a running server, as its users would bring them: readers, a moderator, open pages. */
export class Replay {
  readonly ledger = new Ledger();
  readonly api: ReplayApi;
  readonly readers: Readers;
  readonly pages: LivePage[] = [];
  private moderator: Moderator | undefined;
  private readonly steps: Step[];
  private finishedSteps = 0;

  constructor(private readonly options: ReplayOptions) {
    this.api = new ReplayApi(options.url, PATIENCE_MS);
    this.readers = new Readers(this.api, this.ledger, options);
    this.steps = planOf({ ...options, comments: options.comments.length });
  }

  get standing(): Standing {
    const { done, refused } = this.readers;
    const outcomes = this.moderator?.outcomes;
    const decided = (outcomes?.of('approve applied') ?? 0) + (outcomes?.of('spam applied') ?? 0);
    const posted = done.of('post') + done.of('reply');
    const share = Math.min(1, (this.finishedSteps + decided) / (this.steps.length + this.options.comments.length));
    const text = `posted ${posted}/${this.options.comments.length}, refused ${refused.sum}, decided ${decided}`;
    return { share, text };
  }

  async run(): Promise<Report> {
    const started = performance.now();
    const maxDepth = await this.prepare();
    const { site, thread } = this.options;
    const address = { site, thread, maxDepth };
    for (let page = 0; page < this.options.pages; page++) this.pages.push(new LivePage(this.api, address));
    try {
      await inParallel(this.pages, OPENING_AT_ONCE, (page) => page.open());
      await this.play();
      const settled = await this.settle(address);
      return this.report(settled, performance.now() - started);
    } finally {
      this.api.close();
      for (const page of this.pages) page.close();
    }
  }

  /** Staff signs in and makes the thread. */
  private async prepare(): Promise<number> {
    const { url, email, password, site, thread, mode } = this.options;
    const { token } = await this.api.call<StaffSession>('POST', '/staff/sessions', { body: { email, password } });
    const sitePath = `/sites/${encodeURIComponent(site)}`;
    const body = {
      url: `${url}/replay/${encodeURIComponent(thread)}`,
      title: `Replay ${thread}`,
      moderationMode: mode,
    };
    await this.api.call('PUT', `${sitePath}/threads/${encodeURIComponent(thread)}`, { body, token });
    this.moderator = new Moderator(this.api, this.ledger, { site, thread, token });
    return (await this.api.call<Site>('GET', sitePath)).settings.maxDepth;
  }

  private async play(): Promise<void> {
    let finished = false;
    const reading = inParallel(this.steps, this.options.concurrency, (step) => this.take(step)).finally(
      () => (finished = true),
    );
    await Promise.all([reading, this.moderator?.work(() => finished)]);
    for (const page of this.pages) page.back();
  }

  private async take(step: Step): Promise<void> {
    if (!('page' in step)) await this.readers.take(step);
    else if (step.kind === 'away') this.pages[step.page]?.away();
    else this.pages[step.page]?.back();
    this.finishedSteps++;
  }

  /** Reads afresh until thread, pages and all that was acknowledged agree, or it takes too long. */
  private async settle(address: {
    site: string;
    thread: string;
    maxDepth: number;
  }): Promise<{ fresh: WholeThread; failures: string[] }> {
    const deadline = Date.now() + SETTLE_MS;
    for (;;) {
      const fresh = await readWhole(this.api, address);
      const failures = [
        ...this.ledger.differences(fresh.copy).map((difference) => `a fresh read: ${difference}`),
        ...fresh.copy.miscounted().map((text) => `a fresh read: ${text}`),
        ...fresh.doubles.map((id) => `a fresh read has ${id} twice`),
        ...this.pages.flatMap((page, index) =>
          this.pageFailures(page, fresh).map((text) => `page ${index + 1}: ${text}`),
        ),
      ];
      if (failures.length === 0 || Date.now() > deadline) return { fresh, failures };
      await delay(SETTLE_PAUSE_MS);
    }
  }

  private pageFailures(page: LivePage, fresh: WholeThread): string[] {
    const behind = page.seq === fresh.seq ? [] : [`is at seq ${page.seq}, the thread at ${fresh.seq}`];
    return [...behind, ...differences(page.copy, fresh.copy)];
  }

  private report({ fresh, failures }: { fresh: WholeThread; failures: string[] }, tookMs: number): Report {
    const { readers, pages, moderator, ledger, options } = this;
    const { done } = readers;
    const outcomes = moderator?.outcomes;
    const published = ledger.with('published');
    const missing = pages.map((page) => published.filter((entry) => !page.shown.has(entry.id)).length);
    const sum = (pick: (page: LivePage) => number) => pages.reduce((total, page) => total + pick(page), 0);
    const checks = {
      missing: missing.reduce((total, count) => total + count, 0) + sum((page) => Math.max(0, fresh.seq - page.seq)),
      doubled: sum((page) => page.doubled),
      'out of order': sum((page) => page.outOfOrder),
      'failed in the server': this.api.broken.sum,
      'never acknowledged': moderator?.strangers.size ?? 0,
      'never decided': [...ledger.entries.values()].filter((entry) => ledger.waits(entry)).length,
    };
    const wrong = Object.entries(checks).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []));
    const since = (from: (id: string) => number | undefined) => {
      return pages.flatMap((page) =>
        [...page.arrivals].flatMap(([id, at]) => {
          const start = from(id);
          return start === undefined ? [] : [at - start];
        }),
      );
    };
    const postToLive = since((id) => ledger.entries.get(id)?.postedAt);
    const decisionToLive = since((id) => ledger.entries.get(id)?.approvedAt);
    return {
      title: `${options.comments.length} comments into ${options.site}/${options.thread}, moderated ${options.mode}, ${options.concurrency} at once, ${pages.length} pages open, seed ${options.seed}`,
      lines: [
        ['posted', `${done.of('post') + done.of('reply')}, of them ${done.of('reply')} replies`],
        ['refused', readers.refused.toString()],
        ['also', `${done.of('vote')} votes, ${done.of('edit')} edits, ${done.of('delete')} deletions`],
        ['approved', String(outcomes?.of('approve applied') ?? 0)],
        ['marked spam', String(outcomes?.of('spam applied') ?? 0)],
        ['decisions', `${outcomes ?? 'none'}; ${moderator?.waysOfWorking ?? ''}`],
        ['in the end', `${published.length} published, seq ${fresh.seq}`],
        ['delivered live', `comments a page: ${spread(pages.map((page) => page.arrivals.size))}`],
        [
          'caught up',
          `${sum((page) => [...page.shown].filter((id) => !page.arrivals.has(id)).length)} comments on ${pages.filter((page) => page.joins > 1).length} pages that were away; ${sum((page) => page.asked)} questions, ${sum((page) => page.rereads)} rereads`,
        ],
        ...Object.entries(checks).map(([name, count]): [string, string] => [name, String(count)]),
        [
          'post to live',
          `${delays(postToLive)}, from the reader's request to the page${options.mode === 'pre' ? ', with the wait for the moderator' : ''}`,
        ],
        ...(options.mode === 'pre'
          ? [
              ['decision to live', `${delays(decisionToLive)}, from the moderator's request to the page`] as [
                string,
                string,
              ],
            ]
          : []),
        ['took', `${(tookMs / 1_000).toFixed(1)} s, ${this.api.retries} requests sent again`],
      ],
      failures: [...wrong, ...this.api.broken.names, ...failures],
    };
  }
}

/** In order, at most `width` at once. */
async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
