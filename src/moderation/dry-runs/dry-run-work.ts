import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs.js';
import { DRY_RUN, WorkDryRuns } from './work-dry-runs.js';

/** Registers the job. */
@Injectable()
export class DryRunWork implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly work: WorkDryRuns,
  ) {}

  onModuleInit(): void {
    // Each minute too: what a worker that was killed has left.
    this.jobs.register({ name: DRY_RUN, cron: '* * * * *', run: (_payload, signal) => this.work.run(signal) });
  }
}
