import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { auditActor, authorise, type Actor } from '../../identity/index.js';
import { mailNotResendable } from '../mails/mails.errors.js';
import { deadLetterStore } from './dead-letter.store.js';

/** Staff has a mail sent again. Of one that is uncertain that may make two: it is for a person to say so. */
@Injectable()
export class ResendMail {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  async run(actor: Actor, id: string): Promise<void> {
    await this.unitOfWork.run(async (em) => {
      const mail = await deadLetterStore.lock(em, id);
      if (!mail) throw notFound('mail');
      const staff = authorise(actor, 'mail.resend', mail.siteId, 'mail');
      if (mail.state !== 'failed' && mail.state !== 'uncertain') throw mailNotResendable(mail.state);
      await deadLetterStore.resend(em, id);
      const codes = { kind: mail.kind, state: mail.state, outcome: mail.outcome ?? '' };
      const entry = { siteId: mail.siteId, actor: auditActor(staff), action: 'mail.resent', subjectKind: 'mail' };
      await this.audit.record(em, [{ ...entry, subjectId: id, codes }]);
    });
  }
}
