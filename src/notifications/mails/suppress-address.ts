import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { SYSTEM } from '../../identity/index.js';
import { mailStore } from './mail.store.js';

export interface Suppressing {
  siteId: string;
  addressId: string;
  reason: 'bounce' | 'complaint';
  /** Which came back, or was complained of. */
  mailId: string;
}

/** Nothing more is sent to an address: its mailbox is not there, or its owner called a mail spam. The log says why. */
@Injectable()
export class SuppressAddress {
  constructor(private readonly audit: AuditTrail) {}

  async run(em: EntityManager, { siteId, addressId, reason, mailId }: Suppressing): Promise<void> {
    if (!(await mailStore.suppress(em, addressId, reason))) return;
    const entry = { siteId, actor: SYSTEM, action: 'address.suppressed', subjectKind: 'address' };
    await this.audit.record(em, [{ ...entry, subjectId: addressId, codes: { reason, mailId } }]);
  }
}
