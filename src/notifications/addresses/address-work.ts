import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs.js';
import { TakeListAsk } from '../mailing-list/take-list-ask.js';
import { TakeSubscription } from '../subscriptions/take-subscription.js';
import { TAKE_ASK } from './asks.js';
import { ForgetAddresses } from './forget-addresses.js';
import { TakeAsks } from './take-asks.js';

/** Registers what is done for addresses behind the requests. */
@Injectable()
export class AddressWork implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly takeAsks: TakeAsks,
    private readonly forgetAddresses: ForgetAddresses,
    private readonly takeSubscription: TakeSubscription,
    private readonly takeListAsk: TakeListAsk,
  ) {}

  onModuleInit(): void {
    this.takeAsks.register(this.takeSubscription);
    this.takeAsks.register(this.takeListAsk);
    this.jobs.register({
      name: TAKE_ASK,
      cron: '* * * * *',
      run: (payload, signal) => this.takeAsks.run(payload, signal),
    });
    this.jobs.register({
      name: 'addresses.forget',
      cron: '41 3 * * *',
      run: (_, signal) => this.forgetAddresses.run(signal),
    });
  }
}
