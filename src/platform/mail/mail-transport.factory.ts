import type { UnitOfWork } from '../database/unit-of-work.js';
import type { Lifecycle } from '../lifecycle.js';
import type { RuntimeConfig } from '../tokens.js';
import { KeptMails } from './kept-mails.js';
import type { MailTransport } from './mail-transport.js';
import { SmtpTransport } from './smtp-transport.js';

/** By SMTP_URL; production does not start without it. */
export function mailTransport({ smtpUrl }: RuntimeConfig, unitOfWork: UnitOfWork, lifecycle: Lifecycle): MailTransport {
  const transport = smtpUrl === undefined ? new KeptMails(unitOfWork) : new SmtpTransport(smtpUrl);
  // Once no job hands over anything any more.
  lifecycle.onShutdown('signals', () => transport.close());
  return transport;
}
