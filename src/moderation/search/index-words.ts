import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Lifecycle } from '../../platform/lifecycle.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { languageDetector, languageOf } from '../../screening/index.js';
import { commentWordsStore } from './comment-words.store.js';
import { vectorOf } from './words.js';

const BATCH = 100;
/** Of the time that a batch took: who posts and decides shares the processors with it. */
const PAUSE = 4;

/**
 * Makes comments findable, and tells their language. Beside the relay and never in it: writing a comment's words into an
 * index costs more than all that the relay does for it, and nobody waits for this.
 */
@Injectable()
export class IndexWords implements OnModuleInit {
  private readonly logger = new Logger('search');
  private running: Promise<void> | undefined;
  private stopping = false;
  /** Something has come since the last look: it may have missed it. */
  private called = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifecycle: Lifecycle,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.lifecycle.onShutdown('jobs', () => this.stop());
    this.metrics.gauge('postil_comments_not_searchable', 'Comments whose words are not indexed yet', async (gauge) =>
      gauge.set(await commentWordsStore.waiting(this.unitOfWork.em)),
    );
  }

  /** Something waits. Where it fails, it waits on until the next comment, or another relay, comes. */
  wake(): void {
    this.called = true;
    this.running ??= this.work()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'comments could not be indexed'))
      .finally(() => {
        this.running = undefined;
        if (this.called && !this.stopping) this.wake();
      });
  }

  private async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async work(): Promise<void> {
    while (!this.stopping) {
      const begun = performance.now();
      this.called = false;
      const taken = await this.unitOfWork.run((em) => this.batch(em));
      if (taken < BATCH && !this.called) return;
      await new Promise((resolve) => setTimeout(resolve, (performance.now() - begun) * PAUSE));
    }
  }

  private async batch(em: EntityManager): Promise<number> {
    const ids = await commentWordsStore.take(em, BATCH);
    if (ids.length === 0) return 0;
    const [texts, detector] = await Promise.all([commentWordsStore.texts(em, ids), languageDetector()]);
    const there = new Set(texts.map(({ id }) => id));
    await commentWordsStore.forget(
      em,
      ids.filter((id) => !there.has(id)),
    );
    await commentWordsStore.keep(
      em,
      texts.map(({ body, createdAt, ...text }) => ({
        ...text,
        createdAt: createdAt.toISOString(),
        language: languageOf(detector, body),
        words: vectorOf(text.siteId, body),
      })),
    );
    return ids.length;
  }
}
