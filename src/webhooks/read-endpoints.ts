import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { Cursor, isUuid, page } from '../platform/http/cursor.js';
import { authorise, type Actor } from '../identity/index.js';
import { SiteCache } from '../sites/index.js';
import { deliveryStore } from './delivery.store.js';
import { deliveryView, type DeliveryListView, type DeliveryView } from './delivery.view.js';
import type { ListDeliveriesRequest } from './dto/webhooks.request.js';
import { endpointStore, type EndpointRow } from './endpoint.store.js';
import { endpointView, type EndpointListView, type EndpointView } from './endpoint.view.js';

const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Where a site's facts go, and what became of them. */
@Injectable()
export class ReadEndpoints {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
  ) {}

  async list(actor: Actor, siteKey: string): Promise<EndpointListView> {
    const siteId = await this.authorised(actor, siteKey);
    const rows = await endpointStore.ofSite(this.unitOfWork.em, siteId);
    return { items: rows.map(endpointView), nextCursor: null };
  }

  async one(actor: Actor, siteKey: string, id: string): Promise<EndpointView> {
    return endpointView(await this.endpoint(actor, siteKey, id));
  }

  async deliveries(actor: Actor, siteKey: string, id: string, query: ListDeliveriesRequest): Promise<DeliveryListView> {
    await this.endpoint(actor, siteKey, id);
    const { state = null, limit } = query;
    const [before] = Cursor.decode('webhook-deliveries', query.cursor, isPosition) ?? [NEWEST];
    const rows = await deliveryStore.list(this.unitOfWork.em, id, before, state, limit + 1);
    const { items, nextCursor } = page(rows, limit, (last) => Cursor.encode('webhook-deliveries', [last.id]));
    return { items: items.map(deliveryView), nextCursor };
  }

  async delivery(actor: Actor, siteKey: string, id: string, deliveryId: string): Promise<DeliveryView> {
    await this.endpoint(actor, siteKey, id);
    const row = await deliveryStore.byId(this.unitOfWork.em, deliveryId, id);
    if (!row) throw notFound('delivery');
    return deliveryView(row);
  }

  private async endpoint(actor: Actor, siteKey: string, id: string): Promise<EndpointRow> {
    const siteId = await this.authorised(actor, siteKey);
    const row = await endpointStore.byId(this.unitOfWork.em, id, siteId);
    if (!row) throw notFound('webhook');
    return row;
  }

  private async authorised(actor: Actor, siteKey: string): Promise<string> {
    const { id } = await this.sites.siteByKey(siteKey);
    authorise(actor, 'webhook.manage', id, 'site');
    return id;
  }
}

function isPosition(parts: readonly unknown[]): parts is [string] {
  return parts.length === 1 && isUuid(parts[0]);
}
