import type { Frequency } from '../addresses/address.store.js';
import type { ActivityKind } from '../words/mail-words.js';

export type NotificationKind = ActivityKind | 'rejected' | 'appeal' | 'report' | 'sanction';

/** Who is to be told: a reader in the inbox, an address by mail. */
export type Told = { readerId: string; addressId?: undefined } | ToldAddress;

export interface ToldAddress {
  readerId?: undefined;
  addressId: string;
  /** For which it is told; null: for none but its own. */
  subscriptionId: string | null;
  frequency: Frequency;
  timeZone: string | null;
}

/** What they are told. `eventKey`: each person is told of it once. */
export interface News {
  siteId: string;
  kind: NotificationKind;
  eventKey: string;
  threadId: string | null;
  commentId: string | null;
  subjectId: string | null;
}
