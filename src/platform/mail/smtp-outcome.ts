import type { Delivery } from './mail-transport.js';

/** What nodemailer says of a failure. */
export interface SmtpFailure {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
}

const ENHANCED_STATUS = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/;
/**
 * Where a reply is about this mail. At CONN, EHLO, STARTTLS and AUTH it is about us, at MAIL FROM about the sender that a
 * site has set: somebody will put that right, and until then it says nothing of the thousands of recipients.
 */
const ABOUT_THE_MAIL = /^(RCPT TO|DATA)$/;
/** Of the recipient's mailbox or domain: it does not exist, has moved, is switched off (RFC 3463, section 3.2 and 3.3). */
const NO_SUCH_RECIPIENT = /^5\.(1\.(1|2|3|6|10)|2\.1)$/;

/** @param handedOver whether any of the message had been taken for sending when it failed */
export function outcomeOf(failure: SmtpFailure, handedOver: boolean): Delivery {
  const { responseCode, response = '', command = '' } = failure;
  if (responseCode !== undefined) {
    const enhanced = ENHANCED_STATUS.exec(response)?.[1];
    const code = [responseCode, enhanced].filter(Boolean).join(' ');
    if (responseCode < 500 || !ABOUT_THE_MAIL.test(command)) return { outcome: 'deferred', code };
    return { outcome: 'refused', code, ofRecipient: enhanced !== undefined && NO_SUCH_RECIPIENT.test(enhanced) };
  }
  const code = failure.code ?? 'failed';
  if (code === 'EENVELOPE') return { outcome: 'refused', code, ofRecipient: true };
  return { outcome: handedOver ? 'unknown' : 'deferred', code };
}
