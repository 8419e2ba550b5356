import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import type { Signal } from './projection.js';

const CHANNEL = 'postil';
/** PostgreSQL refuses a payload of 8,000 bytes or more. */
const MAX_PAYLOAD_BYTES = 7_500;
const COALESCE_MS = 10;
const RECONNECT_MS = 250;

interface Payload {
  origin: string;
  kind: string;
  data: unknown[];
}

/**
 * What nodes tell each other: hints that something changed, never the thing itself. Delivered to this process at once
 * and to the others by NOTIFY, sent outside any writing transaction (a NOTIFY inside one serialises all commits).
 * A hint may be lost: whoever listens compares with the database after `reconnected`, and polls as a net.
 */
export class Signals {
  private readonly logger = new Logger(Signals.name);
  private readonly origin = randomUUID();
  private readonly emitter = new EventEmitter().setMaxListeners(100);
  private readonly waiting = new Map<string, unknown[]>();
  private timer: NodeJS.Timeout | undefined;
  private relistening: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();
  private listener: pg.Client | undefined;
  private sender: pg.Client | undefined;
  private stopped = true;

  constructor(private readonly url: () => string) {}

  /** `handler` gets the data of every signal of this kind that arrived together. */
  on(kind: string, handler: (data: unknown[]) => void): () => void {
    this.emitter.on(`signal:${kind}`, handler);
    return () => this.emitter.off(`signal:${kind}`, handler);
  }

  /** Called whenever signals may have been lost. */
  onReconnected(handler: () => void): void {
    this.emitter.on('reconnected', handler);
  }

  get connected(): boolean {
    return this.listener !== undefined;
  }

  async start(): Promise<void> {
    this.stopped = false;
    await this.listen();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.relistening);
    await this.flush();
    const [listener, sender] = [this.listener, this.sender];
    this.listener = this.sender = undefined;
    await Promise.all([listener?.end().catch(() => undefined), sender?.end().catch(() => undefined)]);
  }

  /** Tells this process now and the others soon; equal kinds of some milliseconds travel together. */
  send(signals: readonly Signal[]): void {
    const byKind = new Map<string, unknown[]>();
    for (const { kind, data } of signals) {
      const group = byKind.get(kind);
      if (group) group.push(data);
      else byKind.set(kind, [data]);
    }
    for (const [kind, data] of byKind) {
      this.emitter.emit(`signal:${kind}`, data);
      this.sendToOthers(kind, data);
    }
  }

  /** Tells the other processes only. */
  sendToOthers(kind: string, data: unknown[]): void {
    const queued = this.waiting.get(kind);
    if (queued) queued.push(...data);
    else this.waiting.set(kind, [...data]);
    if (this.timer === undefined && !this.stopped) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        void this.flush();
      }, COALESCE_MS);
    }
  }

  /** One after the other: two at once would each open a connection, and could overtake each other. */
  private flush(): Promise<void> {
    return (this.flushing = this.flushing.then(() => this.sendWaiting()));
  }

  private async sendWaiting(): Promise<void> {
    const payloads = [...this.waiting].flatMap(([kind, data]) => this.payloads(kind, data));
    this.waiting.clear();
    if (payloads.length === 0) return;
    try {
      const sender = (this.sender ??= await this.connect('postil-signal', () => (this.sender = undefined)));
      for (const payload of payloads) await sender.query(`SELECT pg_notify('${CHANNEL}', $1)`, [payload]);
    } catch (error) {
      // The other nodes find out by their polls; nothing is lost but time.
      this.sender = undefined;
      this.logger.warn(`signals were not sent: ${(error as Error).message}`);
    }
  }

  /** Splits by size: doubling down until each part fits. */
  private payloads(kind: string, data: unknown[]): string[] {
    const text = JSON.stringify({ origin: this.origin, kind, data } satisfies Payload);
    if (Buffer.byteLength(text) <= MAX_PAYLOAD_BYTES || data.length === 1) return [text];
    const half = Math.ceil(data.length / 2);
    return [...this.payloads(kind, data.slice(0, half)), ...this.payloads(kind, data.slice(half))];
  }

  private async listen(): Promise<void> {
    const lost = () => {
      this.listener = undefined;
      this.relistenIn(RECONNECT_MS);
    };
    const client = await this.connect('postil-listen', lost);
    client.on('notification', (message) => this.receive(message.payload ?? ''));
    await client.query(`LISTEN ${CHANNEL}`);
    this.listener = client;
  }

  /** One attempt at a time: a connection that is lost before it listens says so twice. */
  private relistenIn(ms: number): void {
    if (this.stopped || this.relistening !== undefined) return;
    this.relistening = setTimeout(() => {
      this.relistening = undefined;
      void this.relisten();
    }, ms);
  }

  private async relisten(): Promise<void> {
    if (this.stopped || this.listener) return;
    try {
      await this.listen();
      this.emitter.emit('reconnected');
    } catch (error) {
      this.logger.warn(`cannot listen: ${(error as Error).message}`);
      this.relistenIn(RECONNECT_MS * 4);
    }
  }

  private async connect(name: string, onLost: () => void): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url(),
      application_name: name,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    let over = false;
    const lose = () => {
      if (over) return;
      over = true;
      client.end().catch(() => undefined);
      onLost();
    };
    client.on('error', lose);
    await client.connect();
    client.on('end', lose);
    return client;
  }

  private receive(text: string): void {
    const payload = JSON.parse(text) as Payload;
    if (payload.origin !== this.origin) this.emitter.emit(`signal:${payload.kind}`, payload.data);
  }
}
