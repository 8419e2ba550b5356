import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { auditActor, authorise, requireStaff, type Actor } from '../../identity/index.js';
import { dryRunStore } from './dry-run.store.js';
import { dryRunOver } from './dry-runs.errors.js';

/** Ends a dry-run before its time; what it has found so far can still be read. Once more: nothing happens. */
@Injectable()
export class CancelDryRun {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  async run(actor: Actor, id: string): Promise<void> {
    requireStaff(actor);
    await this.unitOfWork.run(async (em) => {
      const row = await dryRunStore.byId(em, id);
      if (!row) throw notFound('dry-run');
      const staff = authorise(actor, 'rule.dry-run', row.siteId, 'dry-run');
      if (await dryRunStore.cancel(em, id)) {
        await this.audit.record(em, [
          {
            siteId: row.siteId,
            actor: auditActor(staff),
            action: 'rule.dry-run-cancelled',
            subjectKind: 'dry-run',
            subjectId: id,
          },
        ]);
        return;
      }
      // Asked anew: it may have ended since.
      if ((await dryRunStore.byId(em, id))?.state !== 'cancelled') throw dryRunOver();
    });
  }
}
