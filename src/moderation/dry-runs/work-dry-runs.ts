import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { CLOCKS_DIFFER_MS, idAt, timeOfId } from '../../platform/id-time.js';
import { newId } from '../../platform/new-id.js';
import { compileRules, type CompiledRules } from '../../screening/index.js';
import { SiteCache } from '../../sites/index.js';
import { dryRunStore, type DryRunRow, type Range } from './dry-run.store.js';
import { judgePast } from './judge-past.js';
import { pastCommentStore, type PastComment } from './past-comments.store.js';
import { pastHistoryStore } from './past-history.store.js';
import { historiesOf, looksBackSeconds } from './replay.js';
import { EMPTY_TALLY, tallied, type Judged } from './tally.js';

export const DRY_RUN = 'moderation.dry-run';

/** Readers are served by the same thread: it is theirs again after so long. */
const SLICE_MS = 5;

/** What a dry-run works with, ready once for all its pages. */
interface Trial {
  compiled: CompiledRules;
  /** The site's. */
  timeZone: string;
}

/**
 * Tries rules on past comments, one dry-run at a time on each node. A page of comments, what came of it and how far it
 * is are one transaction, and only the worker that holds the lease may commit one: after a crash the next goes on behind
 * the last page, and no comment counts twice.
 */
@Injectable()
export class WorkDryRuns {
  private readonly logger = new Logger('dry-runs');
  private working = false;
  private again = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
  ) {}

  /** All that waits, also what a worker that is gone has left. */
  async run(signal?: AbortSignal): Promise<void> {
    this.again = true;
    if (this.working) return;
    this.working = true;
    try {
      // What is ordered while the last one ends is seen once more.
      while (this.again && !signal?.aborted) {
        this.again = false;
        await this.workAll(signal);
      }
    } finally {
      this.working = false;
    }
    await dryRunStore.sweep(this.unitOfWork.em);
  }

  private async workAll(signal: AbortSignal | undefined): Promise<void> {
    const worker = newId();
    for (;;) {
      const taken = signal?.aborted ? undefined : await dryRunStore.take(this.unitOfWork.em, worker);
      if (!taken) return;
      if (taken.state !== 'running') continue;
      try {
        await this.work(taken, worker, signal);
      } catch (error) {
        // It keeps its lease: tried again when that is over, and given up after some times.
        if (!(error instanceof LeaseLost)) this.logger.error({ err: error }, `dry-run ${taken.id} was interrupted`);
      }
    }
  }

  private async work(dryRun: DryRunRow, worker: string, signal: AbortSignal | undefined): Promise<void> {
    const site = await this.sites.siteById(dryRun.siteId);
    const compiled = await compileRules([{ ...dryRun.rule, mode: 'enforce' }]);
    const trial = { compiled, timeZone: site.settings.timeZone };
    const range = dryRun.total === null ? await this.prepare(dryRun, worker, trial) : dryRun;
    for (let going = true; going;) {
      if (signal?.aborted) return dryRunStore.letGo(this.unitOfWork.em, dryRun.id, worker);
      const begun = performance.now();
      going = await this.unitOfWork.run((em) => this.page(em, { ...dryRun, ...range }, worker, trial));
      // As long as it took: readers and moderators use the same database.
      await delay(performance.now() - begun);
    }
  }

  private async prepare(dryRun: DryRunRow, worker: string, { compiled }: Trial): Promise<Range> {
    const range = await pastCommentStore.choose(this.unitOfWork.em, dryRun);
    const back = looksBackSeconds(compiled.needs) * 1_000;
    const first = range.firstId === null ? 0 : timeOfId(range.firstId);
    const cursor = idAt(first - (back > 0 ? back + CLOCKS_DIFFER_MS : 1));
    if (await dryRunStore.prepared(this.unitOfWork.em, dryRun.id, worker, { ...range, cursor })) return range;
    throw new LeaseLost();
  }

  /** False: that was the last one. @throws LeaseLost */
  private async page(em: EntityManager, dryRun: DryRunRow, worker: string, trial: Trial): Promise<boolean> {
    const { id, siteId, firstId, lastId } = dryRun;
    const progress = await dryRunStore.progress(em, id, worker);
    if (!progress) throw new LeaseLost();
    const { cursor } = progress;
    const comments = firstId === null ? [] : await pastCommentStore.next(em, { siteId, cursor, lastId });
    const last = comments.at(-1);
    if (!last) {
      await pastHistoryStore.forgetTexts(em, id);
      await dryRunStore.finish(em, id, worker);
      return false;
    }
    const judged = await this.judge(em, dryRun, trial, comments);
    const tally = tallied(progress.tally ?? EMPTY_TALLY, judged);
    // Cancelled meanwhile, or another worker has it: what this page has written goes with the transaction.
    if (!(await dryRunStore.advance(em, id, worker, { cursor: last.id, done: judged.length, tally })))
      throw new LeaseLost();
    return true;
  }

  private async judge(
    em: EntityManager,
    dryRun: DryRunRow,
    trial: Trial,
    comments: readonly PastComment[],
  ): Promise<Judged[]> {
    const history = await historiesOf(em, dryRun, trial.compiled.needs, comments);
    const judged: Judged[] = [];
    let begun = performance.now();
    for (const comment of comments.filter((each) => isChosen(dryRun, each))) {
      const caught = judgePast({ rule: dryRun.rule, ...trial }, comment, history(comment));
      judged.push({ commentId: comment.id, revision: comment.revision, human: comment.human, caught });
      if (performance.now() - begun < SLICE_MS) continue;
      await nextTurn();
      begun = performance.now();
    }
    return judged;
  }
}

/** Of a dry-run that was cancelled, or that another worker has taken for abandoned. */
class LeaseLost extends Error {}

/** Not those that are only looked back at, nor what an import has brought from before. */
function isChosen({ firstId, since }: DryRunRow, { id, createdAt, body }: PastComment): boolean {
  return firstId !== null && id >= firstId && (since === null || createdAt >= since) && body !== '';
}
