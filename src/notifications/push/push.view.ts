import { ApiProperty } from '@nestjs/swagger';
import type { PushSubscriptionRow } from './push.store.js';

/** A browser that shows my notifications. */
export class PushSubscriptionView {
  id: string;
  /** Of the push service. */
  host: string;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

export class PushView {
  /** For `PushManager.subscribe({applicationServerKey})`. */
  publicKey: string;
  subscriptions: PushSubscriptionView[];
}

export function pushSubscriptionView({ id, endpoint, createdAt }: PushSubscriptionRow): PushSubscriptionView {
  return { id, host: new URL(endpoint).host, createdAt: createdAt.toISOString() };
}
