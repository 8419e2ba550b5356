import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { consentStore } from '../mailing-list/consent.store.js';
import { listMemberStore } from '../mailing-list/list-member.store.js';
import { subscriptionStore } from '../subscriptions/subscription.store.js';
import { addressStore } from './address.store.js';
import { askStore } from './ask.store.js';
import { confirmationStore } from './confirmation.store.js';
import { CONSENT_NETWORK_DAYS, UNCONFIRMED_DAYS } from './retention.js';

const AT_ONCE = 1_000;

/** Addresses are kept only as long as somebody wants mails there. */
@Injectable()
export class ForgetAddresses {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(signal?: AbortSignal): Promise<void> {
    const { em } = this.unitOfWork;
    await askStore.forget(em);
    await confirmationStore.forget(em);
    await consentStore.forgetNetworks(em, CONSENT_NETWORK_DAYS);
    await subscriptionStore.forget(em, UNCONFIRMED_DAYS);
    await listMemberStore.forget(em, UNCONFIRMED_DAYS);
    // In portions: each takes what hangs on its addresses with it.
    while (!signal?.aborted && (await addressStore.forget(em, UNCONFIRMED_DAYS, AT_ONCE)) === AT_ONCE);
  }
}
