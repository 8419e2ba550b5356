import { ECDH } from 'node:crypto';
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
const MAX_ENDPOINT_LENGTH = 2_000;

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

  async add(
    reader: ReaderActor,
    { endpoint: given, keys, origin }: NewPushSubscription,
  ): Promise<PushSubscriptionView> {
    this.origins.assertPermitted(await this.sites.siteById(reader.siteId), origin);
    const fault = this.http.faultOf(given);
    if (fault !== undefined) throw invalidField('/endpoint', `It ${fault}.`);
    const endpoint = new URL(given).href;
    if (endpoint.length > MAX_ENDPOINT_LENGTH) {
      throw invalidField('/endpoint', `Percent-encoded it has more than ${MAX_ENDPOINT_LENGTH} characters.`);
    }
    if (!isPoint(keys.p256dh)) throw invalidField('/keys/p256dh', 'It is no point of the curve P-256.');
    const { readerId, siteId } = reader;
    return this.unitOfWork.run(async (em) => {
      const known = await pushStore.ofReader(em, readerId);
      if (known.length >= MAX_BROWSERS && !known.some((one) => one.endpoint === endpoint)) {
        throw invalidField('/endpoint', `A reader has at most ${MAX_BROWSERS} browsers. End one first.`);
      }
      return pushSubscriptionView(await pushStore.keep(em, { id: newId(), siteId, readerId, endpoint, ...keys }));
    });
  }

  async end(reader: ReaderActor, { id, origin }: { id: string; origin: string | undefined }): Promise<void> {
    this.origins.assertPermitted(await this.sites.siteById(reader.siteId), origin);
    if (!(await pushStore.endMine(this.unitOfWork.em, id, reader.readerId))) throw notFound('push subscription');
  }
}

/** Nothing can be sealed for a key that is none. */
function isPoint(p256dh: string): boolean {
  try {
    ECDH.convertKey(p256dh, 'prime256v1', 'base64url');
    return true;
  } catch {
    return false;
  }
}
