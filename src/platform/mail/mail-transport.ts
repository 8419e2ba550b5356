import type { MailBody } from './mail-body.js';

/** A mail, ready but for its form on the wire. */
export interface OutgoingMail {
  /** Of our own: it names the mail wherever it is kept. */
  id: string;
  siteId: string;
  from: { name: string; address: string };
  replyTo?: string | undefined;
  /** An e-mail address alone. */
  to: string;
  subject: string;
  /** Without angle brackets. The same at each attempt. */
  messageId: string;
  /** The mails that it belongs with, without angle brackets. */
  references?: readonly string[];
  headers: Readonly<Record<string, string>>;
  text: MailBody;
  html: MailBody;
}

/**
 * What became of it. `deferred`: certainly not accepted, may be tried again. `refused`: never will be. `unknown`: all of
 * it was handed over, and the answer did not come; trying again might make two of it.
 */
export interface Delivery {
  outcome: 'accepted' | 'deferred' | 'refused' | 'unknown';
  /** The reply's codes (RFC 5321, RFC 3463), as `550 5.1.1`, or the failure's name. Holds no address. */
  code: string;
  /** Whether the refusal was about the recipient, not about us or the message. */
  ofRecipient?: boolean;
}

/** Where mails go. */
export abstract class MailTransport {
  /** Never throws for what a mail server does. */
  abstract send(mail: OutgoingMail): Promise<Delivery>;
  abstract close(): void;
}
