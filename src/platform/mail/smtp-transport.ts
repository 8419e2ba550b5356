import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type MimeNode from 'nodemailer/lib/mime-node';
import { BodyEncoder } from './mail-body.js';
import { mailOptions } from './mail-options.js';
import { MailTransport, type Delivery, type OutgoingMail } from './mail-transport.js';
import { outcomeOf, type SmtpFailure } from './smtp-outcome.js';

const CONNECTIONS = 8;
const MAILS_A_CONNECTION = 500;
const CONNECT_MS = 15_000;
/** RFC 5321 (4.5.3.2) gives a server ten minutes for its answer to the message; few take more than seconds. */
const ANSWER_MS = 60_000;
/** A connection that waited in the pool may have been closed by the server: the next one is tried at once. */
const ATTEMPTS = 2;

/** nodemailer makes the headers of a mail that has both parts, and the parts are put in behind them. */
const EMPTY_PARTS = { text: '-', html: '-' };

/** A part, encoded. */
interface Part {
  type: string;
  body: string;
}

/** Of a mail on its way through nodemailer, beside what nodemailer knows of. */
interface Handed {
  parts: readonly Part[];
  /** As nodemailer was given it to read. */
  message?: Readable;
}

/** Hands mails to the server of SMTP_URL. What that URL's query says (`?socketTimeout=…`) goes before what stands here. */
export class SmtpTransport extends MailTransport {
  private readonly transport;
  private readonly encoder = new BodyEncoder();

  constructor(url: string) {
    super();
    this.transport = createTransport({
      pool: true,
      maxConnections: CONNECTIONS,
      maxMessages: MAILS_A_CONNECTION,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: ANSWER_MS,
      // What is tried again, and when, is decided where it is recorded.
      maxRequeues: 0,
      url,
    });
    // So that a failure tells whether the server can have seen the message: nodemailer reads it when DATA was answered.
    this.transport.use('stream', (mail, done) => {
      const { message } = mail;
      const { handed } = mail.data as { handed?: Handed };
      if (!handed) return done(new Error('a mail without a text'));
      message.createReadStream = () => (handed.message = inOnePiece(() => written(message, handed.parts)));
      done();
    });
  }

  async send(mail: OutgoingMail): Promise<Delivery> {
    const parts = [
      { type: 'text/plain', body: this.encoder.encode(mail.text) },
      { type: 'text/html', body: this.encoder.encode(mail.html) },
    ];
    for (let attempt = 1; ; attempt++) {
      const handed: Handed = { parts };
      try {
        const options = { ...mailOptions(mail), ...EMPTY_PARTS, handed };
        const { response } = await this.transport.sendMail(options);
        return { outcome: 'accepted', code: response.slice(0, 3) };
      } catch (error) {
        const delivery = outcomeOf(error as SmtpFailure, handed.message?.readableDidRead ?? false);
        if (attempt === ATTEMPTS || delivery.code !== 'ECONNECTION' || delivery.outcome !== 'deferred') return delivery;
      } finally {
        // What nodemailer made of a mail lives on until the whole heap is looked through: without its text it is small.
        handed.parts = [];
        delete handed.message;
      }
    }
  }

  close(): void {
    this.transport.close();
  }
}

/** Each line that nodemailer makes would be a write of its own. */
function inOnePiece(message: () => Buffer): Readable {
  let made = false;
  return new Readable({
    read() {
      this.push(made ? null : message());
      made = true;
    },
  });
}

/** The whole message (RFC 2046, 5.1.4). */
function written(head: MimeNode, parts: readonly Part[]): Buffer {
  const headers = head.buildHeaders();
  const boundary = head.boundary || '';
  const written = parts.map(
    ({ type, body }) =>
      `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${body}\r\n`,
  );
  return Buffer.from(`${headers}\r\n\r\n${written.join('')}--${boundary}--\r\n`);
}
