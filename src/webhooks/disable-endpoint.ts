import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit/audit-trail.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Outbox } from '../platform/stream/outbox.js';
import { SYSTEM } from '../identity/index.js';
import { endpointStore } from './endpoint.store.js';

/** How long every attempt may fail before an endpoint is given up. */
const PATIENCE_SECONDS = 5 * 86_400;

/** An endpoint that fails for days, or says that it is gone, gets nothing more until staff enable it again. */
@Injectable()
export class DisableEndpoint {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async afterFailure({ endpointId }: { endpointId: string }, gone: boolean): Promise<void> {
    const why = await endpointStore.failed(this.unitOfWork.em, endpointId, PATIENCE_SECONDS, gone);
    if (!why?.disabled) return;
    const { siteId, disabled } = why;
    const told = await this.unitOfWork.run(async (em) => {
      if (!(await endpointStore.disable(em, endpointId, disabled))) return false;
      const subject = { siteId, subjectId: endpointId };
      await this.audit.record(em, [
        { ...subject, actor: SYSTEM, action: 'webhook.disabled', subjectKind: 'webhook', codes: { why: disabled } },
      ]);
      // One for the relay, one for whoever tells the staff.
      await this.outbox.append(em, [
        { ...subject, streamId: null, topic: 'webhook.changed' },
        { ...subject, streamId: null, topic: 'webhook.disabled', data: { why: disabled } },
      ]);
      return true;
    });
    if (told) this.outbox.written();
  }
}
