import type { EntityManager } from 'typeorm';
import type { MailBody } from '../../platform/mail/mail-body.js';

/** What a mail says; each has a composer. */
export const MAIL_KINDS = [
  'activity',
  'digest',
  'rejected',
  'appeal',
  'report',
  'sanction',
  'notice',
  'queue-alarm',
  'staff-digest',
  'webhook-disabled',
  'confirm-address',
  'list-confirm',
  'preferences-link',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** To whom: where its address stands is read when the mail is sent. */
export type Recipient = { addressId: string } | { staffId: string } | { noticeId: string };

/** `key`: once per site, whatever runs twice. Not sent before `notBefore` (default: at once). */
export type NewMail = Recipient & {
  siteId: string;
  kind: MailKind;
  key: string;
  notBefore?: Date;
  /** Ids and codes of what it is about, never a text: what it says is read when it is sent. */
  data: Record<string, string>;
};

export interface MailRow {
  id: string;
  siteId: string;
  addressId: string | null;
  staffId: string | null;
  noticeId: string | null;
  threadId: string | null;
  kind: MailKind;
  data: Record<string, string>;
  attempts: number;
  createdAt: Date;
}

/** A mail as it goes out, but for what all mails have in common. */
export interface ComposedMail {
  /** An e-mail address alone. */
  to: string;
  subject: string;
  html: MailBody;
  text: MailBody;
  /** Of a subscription or a list: an https address that ends it by POST, without signing in (RFC 8058). */
  unsubscribeUrl?: string;
  /** What `List-Id` names: the thread or list that it comes from, as a label of a domain name. */
  listId?: string;
  /** Mails of one conversation name it (`References`), so that mail programs show them together. */
  conversation?: string;
}

/** Why it is not sent after all. */
export interface DroppedMail {
  drop: string;
}

/** What is not published any more, or was taken back, is found here: at the moment of sending. */
export interface MailComposer {
  readonly kinds: readonly MailKind[];
  compose(em: EntityManager, mail: MailRow): Promise<ComposedMail | DroppedMail>;
  /** Of what goes to thousands: several at once, in their order, by as many queries as for one. */
  composeMany?(em: EntityManager, mails: readonly MailRow[]): Promise<(ComposedMail | DroppedMail)[]>;
}
