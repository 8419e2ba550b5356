import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { ReaderStandings, type ReaderActor } from '../../identity/index.js';
import { OriginPolicy, SiteCache } from '../../sites/index.js';
import { sanctionStore } from './sanction.store.js';

/** The reader has read a warning, and may write again. Saying so twice changes nothing. */
@Injectable()
export class AcknowledgeWarning {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly origins: OriginPolicy,
    private readonly standings: ReaderStandings,
    private readonly audit: AuditTrail,
  ) {}

  async run(reader: ReaderActor, { id, origin }: { id: string; origin: string | undefined }): Promise<void> {
    this.origins.assertPermitted(await this.sites.siteById(reader.siteId), origin);
    const { readerId, siteId } = reader;
    await this.unitOfWork.run(async (em) => {
      await this.standings.lock(em, [readerId]);
      if (!(await sanctionStore.hasWarning(em, id, readerId))) throw notFound('warning');
      if (!(await sanctionStore.acknowledge(em, id, readerId))) return;
      const inForce = await sanctionStore.inForce(em, [readerId]);
      await this.standings.set(em, readerId, inForce.get(readerId) ?? []);
      const entry = {
        siteId,
        actor: { kind: 'reader', id: readerId },
        subjectKind: 'reader',
        subjectId: readerId,
      } as const;
      await this.audit.record(em, [{ ...entry, action: 'warning.acknowledged', codes: { sanctionId: id } }]);
    });
  }
}
