import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs.js';
import { FOLD_STATS, FoldStats } from './fold-stats.js';

/** Registers the job. */
@Injectable()
export class StatsWork implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly foldStats: FoldStats,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: FOLD_STATS, cron: '* * * * *', run: (_payload, signal) => this.foldStats.run(signal) });
  }
}
