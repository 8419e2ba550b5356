import { createTransport } from 'nodemailer';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { keptMailStore } from './kept-mail.store.js';
import { mailOptions } from './mail-options.js';
import { MailTransport, type Delivery, type OutgoingMail } from './mail-transport.js';

/** Without a mail server: a mail is written as it would go over the wire, and kept to be looked at. */
export class KeptMails extends MailTransport {
  private readonly writer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });

  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async send(mail: OutgoingMail): Promise<Delivery> {
    const [text, html] = [mail.text.join(''), mail.html.join('')];
    const { message } = await this.writer.sendMail({ ...mailOptions(mail), text, html });
    const [headers = ''] = (message as Buffer).toString('utf8').split('\n\n', 1);
    const { id, siteId, to: recipient, subject } = mail;
    await keptMailStore.insert(this.unitOfWork.em, { id, siteId, recipient, subject, headers, text, html });
    return { outcome: 'accepted', code: '250' };
  }

  close(): void {
    this.writer.close();
  }
}
