import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { forgetNetworks } from './reader.store.js';

/** How long the network is kept that a session was begun from. Hints go no further back. */
export const NETWORK_DAYS = 30;
const AT_ONCE = 1_000;

/** Nobody needs to know for longer where readers came from. */
@Injectable()
export class ForgetNetworks implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: 'readers.forget-networks', cron: '17 * * * *', run: (_, signal) => this.run(signal) });
  }

  async run(signal?: AbortSignal): Promise<void> {
    // In portions, so that no session waits for long that ends meanwhile.
    while (!signal?.aborted && (await forgetNetworks(this.unitOfWork.em, NETWORK_DAYS, AT_ONCE)) === AT_ONCE);
  }
}
