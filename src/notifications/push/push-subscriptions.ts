import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { invalidField, notFound } from '../../platform/errors.js';
import { OutgoingHttp } from '../../platform/http-client/outgoing-http.js';
import { newId } from '../../platform/new-id.js';
import type { ReaderActor } from '../../identity/index.js';
import { OriginPolicy, SiteCache } from '../../sites/index.js';
import { pushStore } from './push.store.js';
import { pushSubscriptionView, type PushSubscriptionView, type PushView } from './push.view.js';
import { VapidKeys } from './vapid-keys.js';

const MAX_BROWSERS = 20;

export interface NewPushSubscription {
  endpoint: string;
  keys: { p256dh: string; auth: string };
  origin: string | undefined;
}

/** The browsers that a reader allows to show notifications. */
@Injectable()
export class PushSubscriptions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly origins: OriginPolicy,
    private readonly http: OutgoingHttp,
    private readonly keys: VapidKeys,
  ) {}

  async list({ readerId }: ReaderActor): Promise<PushView> {
    const rows = await pushStore.ofReader(this.unitOfWork.em, readerId);
    return { publicKey: this.keys.publicKey, subscriptions: rows.map(pushSubscriptionView) };
  }

  async add(reader: ReaderActor, { endpoint, keys, origin }: NewPushSubscription): Promise<PushSubscriptionView> {
    this.origins.assertPermitted(await this.sites.siteById(reader.siteId), origin);
    const fault = this.http.faultOf(endpoint);
    if (fault !== undefined) throw invalidField('/endpoint', `It ${fault}.`);
    const { readerId, siteId } = reader;
    const { em } = this.unitOfWork;
    const known = await pushStore.ofReader(em, readerId);
    if (known.length >= MAX_BROWSERS && !known.some((one) => one.endpoint === endpoint)) {
      throw invalidField('/endpoint', `A reader has at most ${MAX_BROWSERS} browsers. End one first.`);
    }
    return pushSubscriptionView(await pushStore.keep(em, { id: newId(), siteId, readerId, endpoint, ...keys }));
  }

  async end(reader: ReaderActor, { id, origin }: { id: string; origin: string | undefined }): Promise<void> {
    this.origins.assertPermitted(await this.sites.siteById(reader.siteId), origin);
    if (!(await pushStore.endMine(this.unitOfWork.em, id, reader.readerId))) throw notFound('push subscription');
  }
}
