import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Relay } from '../../platform/stream/relay.js';
import { JobProjection } from './job-projection.js';
import { REJECT_PUBLISHED, RejectPublished } from './reject-published.js';

/** Registers what sanctions do behind the requests. */
@Injectable()
export class SanctionWork implements OnModuleInit {
  constructor(
    private readonly relay: Relay,
    private readonly jobs: Jobs,
    private readonly projection: JobProjection,
    private readonly rejectPublished: RejectPublished,
  ) {}

  onModuleInit(): void {
    this.relay.register(this.projection);
    this.jobs.register({
      name: REJECT_PUBLISHED,
      // A worker that was killed keeps its job for hours; what it left is found again within a minute.
      cron: '* * * * *',
      run: (payload, signal) => this.rejectPublished.run(payload, signal),
    });
  }
}
