import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Pushed {
  headers: IncomingHttpHeaders;
  /** Of the sealed message. */
  bytes: number;
  payload: Record<string, unknown>;
}

/** A push service with one browser: it takes messages over HTTP and opens them as RFC 8291 says a browser does. */
export class PushService {
  readonly pushed: Pushed[] = [];
  /** Connections on which a browser `silent/…` was pushed to; they get no answer. */
  readonly silent: Socket[] = [];
  /** What it answers. */
  status = 201;
  private readonly browser = createECDH('prime256v1');
  private readonly auth = randomBytes(16);
  private readonly server: Server;

  constructor() {
    this.browser.generateKeys();
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.url?.startsWith('/silent/')) return void this.silent.push(request.socket);
        const message = Buffer.concat(chunks);
        this.pushed.push({ headers: request.headers, bytes: message.length, payload: this.open(message) });
        response.writeHead(this.status).end();
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** What the browser's `PushSubscription.toJSON()` gives. */
  subscription(name = 'browser') {
    return {
      endpoint: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${name}`,
      keys: { p256dh: this.browser.getPublicKey('base64url'), auth: this.auth.toString('base64url') },
    };
  }

  private open(message: Buffer): Record<string, unknown> {
    const salt = message.subarray(0, 16);
    const keyEnd = 21 + (message[20] ?? 0);
    const sender = message.subarray(21, keyEnd);
    const sealed = message.subarray(keyEnd);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.browser.getPublicKey(), sender]);
    const ikm = Buffer.from(hkdfSync('sha256', this.browser.computeSecret(sender), this.auth, info, 32));
    const derived = (name: string, length: number) =>
      Buffer.from(hkdfSync('sha256', ikm, salt, `Content-Encoding: ${name}\0`, length));
    const decipher = createDecipheriv('aes-128-gcm', derived('aes128gcm', 16), derived('nonce', 12));
    decipher.setAuthTag(sealed.subarray(-16));
    const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString('utf8')) as Record<string, unknown>;
  }
}
