import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { until } from './until.js';

/** What a server says to a recipient or to a message; `vanish`: it takes all of it and closes without a word. */
export type Reply = { code: number; text: string } | 'vanish' | 'accept';

export interface Received {
  to: string;
  mail: ParsedMail;
  raw: string;
}

/** A mail server over TCP, which a test tells what to say. */
export class MailServer {
  readonly received: Received[] = [];
  /** Of each recipient that was named, accepted or not. */
  readonly asked: string[] = [];
  onSender: (address: string) => Reply = () => 'accept';
  onRecipient: (address: string) => Reply = () => 'accept';
  onMessage: (to: string) => Reply | Promise<Reply> = () => 'accept';
  private readonly server: SMTPServer;

  constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onMailFrom: ({ address }, _session, done) => {
        const reply = this.onSender(address);
        done(typeof reply === 'object' ? smtpError(reply) : null);
      },
      onRcptTo: ({ address }, _session, done) => {
        this.asked.push(address);
        const reply = this.onRecipient(address);
        done(typeof reply === 'object' ? smtpError(reply) : null);
      },
      onData: (stream, session, done) => void this.take(stream, session, done),
    });
    this.server.on('error', () => undefined);
  }

  async start(port = 0): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** With time-outs that a test can wait for. */
  get url(): string {
    return `smtp://127.0.0.1:${this.port}/?socketTimeout=3000&ignoreTLS=true`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  /** Waits until so many have come to an address, in the order in which they came. */
  async of(to: string, count: number): Promise<ParsedMail[]> {
    await until(
      () => this.all(to).length >= count,
      `${count} mails to ${to}`,
      () => `There are ${this.all(to).length}: ${this.all(to).map(({ subject }) => subject)}`,
    );
    return this.all(to);
  }

  all(to: string): ParsedMail[] {
    return this.received.filter((one) => one.to === to).map(({ mail }) => mail);
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession, done: (error?: Error | null) => void) {
    const raw = await whole(stream);
    if (raw === undefined) return;
    const to = session.envelope.rcptTo[0]?.address ?? '';
    const reply = await this.onMessage(to);
    if (typeof reply === 'object') return done(smtpError(reply));
    this.received.push({ to, mail: await simpleParser(raw), raw: raw.toString('utf8') });
    if (reply === 'vanish') this.dropConnections();
    else done();
  }

  /** As a server that crashes. */
  dropConnections(): void {
    for (const connection of this.server.connections) {
      (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
    }
  }
}

/** undefined: the client went away in the middle, so there is no message, and nobody to answer. */
async function whole(stream: SMTPServerDataStream): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function smtpError({ code, text }: { code: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}
