import { connect, type Socket } from 'node:net';

const READ_BYTES = 256 * 1_024;
const HEAD_END = '\r\n\r\n';

export interface Answer {
  status: number;
  /** Empty unless the connection was asked to keep bodies. */
  body: Buffer;
  /** Length of the whole answer. */
  bytes: number;
}

/**
 * A keep-alive connection that spends next to nothing on an answer: it finds the head's end and `content-length`,
 * counts the rest, and reads into one buffer that all connections share. So on a small machine the load generator
 * stays out of the servers' way.
 */
export class HttpConnection {
  private static readonly shared = Buffer.allocUnsafe(READ_BYTES);
  private settle: ((answer: Answer) => void) | undefined;
  private fail: ((error: Error) => void) | undefined;
  private head = Buffer.alloc(0);
  private status = 0;
  private bytes = 0;
  /** Bytes of the body still to come; undefined while the head is read. */
  private missing: number | undefined;
  private parts: Buffer[] = [];

  private constructor(
    private readonly socket: Socket,
    private readonly keepBodies: boolean,
  ) {}

  static async open(port: number, keepBodies = false): Promise<HttpConnection> {
    const buffer = HttpConnection.shared;
    const callback = (length: number) => {
      connection.read(buffer.subarray(0, length));
      return true;
    };
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer, callback } });
    const connection = new HttpConnection(socket, keepBodies);
    socket.on('error', (error) => connection.fail?.(error));
    socket.on('close', () => connection.fail?.(new Error('the server closed the connection')));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return connection;
  }

  /** One at a time. */
  send(request: Buffer | string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.settle = resolve;
      this.fail = reject;
      this.socket.write(request);
    });
  }

  close(): void {
    this.fail = undefined;
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.missing === undefined) {
      const seen = this.head.length > 0 ? Buffer.concat([this.head, chunk]) : chunk;
      const end = seen.indexOf(HEAD_END);
      if (end < 0) {
        this.head = Buffer.from(seen);
        return;
      }
      this.begin(seen.toString('latin1', 0, end + 2), seen.subarray(end + HEAD_END.length));
    } else this.take(chunk);
    if (this.missing === 0) this.finish();
  }

  private begin(head: string, rest: Buffer): void {
    this.status = Number(head.slice(9, 12));
    const length = /\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1];
    if (length === undefined && this.status !== 204 && this.status !== 304) {
      throw new Error(`an answer without content-length: ${head}`);
    }
    this.missing = Number(length ?? 0);
    this.take(rest);
  }

  private take(chunk: Buffer): void {
    this.missing = (this.missing ?? 0) - chunk.length;
    if (this.keepBodies && chunk.length > 0) this.parts.push(Buffer.from(chunk));
  }

  private finish(): void {
    const answer = { status: this.status, body: Buffer.concat(this.parts), bytes: this.bytes };
    this.head = Buffer.alloc(0);
    this.bytes = 0;
    this.missing = undefined;
    this.parts = [];
    const settle = this.settle;
    this.settle = this.fail = undefined;
    settle?.(answer);
  }
}
