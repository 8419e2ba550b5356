import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit/audit-trail.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { newId } from '../platform/new-id.js';
import { auditActor, authorise, type Actor } from '../identity/index.js';
import { SiteCache } from '../sites/index.js';
import { deliveryStore } from './delivery.store.js';
import type { DeliveryView } from './delivery.view.js';
import { TEST_TYPE } from './event-types.js';
import { ReadEndpoints } from './read-endpoints.js';
import { deliveryUnderWay } from './webhooks.errors.js';

/** What staff have sent: a test, or once more what was sent before. */
@Injectable()
export class SendAgain {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly endpoints: ReadEndpoints,
    private readonly audit: AuditTrail,
  ) {}

  async test(actor: Actor, siteKey: string, endpointId: string): Promise<DeliveryView> {
    const { id: siteId } = await this.sites.siteByKey(siteKey);
    authorise(actor, 'webhook.manage', siteId, 'site');
    await this.endpoints.one(actor, siteKey, endpointId);
    const id = newId();
    await deliveryStore.addTest(this.unitOfWork.em, { id, siteId, endpointId, type: TEST_TYPE });
    return this.endpoints.delivery(actor, siteKey, endpointId, id);
  }

  /** Says what is so now, under the same id. @throws delivery-under-way */
  async run(actor: Actor, siteKey: string, endpointId: string, deliveryId: string): Promise<DeliveryView> {
    const { id: siteId } = await this.sites.siteByKey(siteKey);
    const staff = authorise(actor, 'webhook.manage', siteId, 'site');
    await this.endpoints.delivery(actor, siteKey, endpointId, deliveryId);
    await this.unitOfWork.run(async (em) => {
      if (!(await deliveryStore.again(em, deliveryId, endpointId))) throw deliveryUnderWay();
      const subject = { siteId, subjectKind: 'webhook', subjectId: endpointId };
      await this.audit.record(em, [
        { ...subject, actor: auditActor(staff), action: 'webhook.sent-again', codes: { deliveryId } },
      ]);
    });
    return this.endpoints.delivery(actor, siteKey, endpointId, deliveryId);
  }
}
