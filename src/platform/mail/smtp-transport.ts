import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
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

/** Hands mails to the server of SMTP_URL. What that URL's query says (`?socketTimeout=…`) goes before what stands here. */
export class SmtpTransport extends MailTransport {
  private readonly transport;

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
    // In one piece: as nodemailer makes it, each header and line would be a write of its own.
    this.transport.use('stream', (mail, done) => {
      mail.message.build((error, message) => {
        if (error) return done(error);
        const watched = (mail.data as { watched?: { message?: Readable } }).watched;
        mail.message.createReadStream = () => {
          const reading = Readable.from(message, { objectMode: false });
          if (watched) watched.message = reading;
          return reading;
        };
        done();
      });
    });
  }

  async send(mail: OutgoingMail): Promise<Delivery> {
    for (let attempt = 1; ; attempt++) {
      const watched: { message?: Readable } = {};
      try {
        const options = { ...mailOptions(mail), watched };
        const { response } = await this.transport.sendMail(options);
        return { outcome: 'accepted', code: response.slice(0, 3) };
      } catch (error) {
        const failure = error as SmtpFailure;
        const delivery = outcomeOf(failure, watched.message?.readableDidRead ?? false);
        if (attempt === ATTEMPTS || delivery.code !== 'ECONNECTION' || delivery.outcome !== 'deferred') return delivery;
      }
    }
  }

  close(): void {
    this.transport.close();
  }
}
