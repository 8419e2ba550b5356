import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const READ_BYTES = 256 * 1_024;
const HEAD_END = '\r\n\r\n';
const TEXT_FRAME = 0x81;

/** Called with each message; the bytes are valid until it returns. */
export type OnMessage = (payload: Buffer, socket: RawSocket) => void;

/** A WebSocket client that does next to nothing with a frame: so thousands of them fit beside the server they load. */
export class RawSocket {
  private static readonly shared = Buffer.allocUnsafe(READ_BYTES);
  private rest: Buffer = Buffer.alloc(0);
  private upgraded = false;

  private constructor(
    private readonly socket: Socket,
    private readonly onMessage: OnMessage,
  ) {}

  static open(port: number, path: string, onMessage: OnMessage): Promise<RawSocket> {
    return new Promise((resolve, reject) => {
      const buffer = RawSocket.shared;
      const callback = (length: number) => {
        raw.read(buffer.subarray(0, length), () => resolve(raw));
        return true;
      };
      const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer, callback } });
      const raw = new RawSocket(socket, onMessage);
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('the server closed the socket')));
      const key = randomBytes(16).toString('base64');
      socket.write(
        `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nupgrade: websocket\r\nconnection: Upgrade\r\n` +
          `sec-websocket-key: ${key}\r\nsec-websocket-version: 13\r\n\r\n`,
      );
    });
  }

  /** Short texts. The mask is zeros, which is one. */
  send(text: string): void {
    const payload = Buffer.from(text);
    const long = payload.length > 125;
    const head = Buffer.alloc(long ? 8 : 6);
    head[0] = TEXT_FRAME;
    head[1] = 0x80 | (long ? 126 : payload.length);
    if (long) head.writeUInt16BE(payload.length, 2);
    this.socket.write(Buffer.concat([head, payload]));
  }

  close(): void {
    this.socket.removeAllListeners('close');
    this.socket.destroy();
  }

  private read(chunk: Buffer, opened: () => void): void {
    let data = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    if (!this.upgraded) {
      const end = data.indexOf(HEAD_END);
      if (end >= 0) {
        if (!data.toString('latin1', 0, end).startsWith('HTTP/1.1 101'))
          throw new Error(data.toString('latin1', 0, end));
        this.upgraded = true;
        opened();
        data = data.subarray(end + HEAD_END.length);
      }
    }
    if (this.upgraded) data = data.subarray(this.readFrames(data));
    // The shared buffer is about to be overwritten.
    this.rest = data.length > 0 ? Buffer.from(data) : data;
  }

  /** Returns how many bytes it has used up. */
  private readFrames(data: Buffer): number {
    let at = 0;
    while (data.length - at >= 2) {
      const short = (data[at + 1] ?? 0) & 0x7f;
      const headBytes = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (data.length - at < headBytes) break;
      const length =
        short === 127 ? Number(data.readBigUInt64BE(at + 2)) : short === 126 ? data.readUInt16BE(at + 2) : short;
      if (data.length - at < headBytes + length) break;
      this.onMessage(data.subarray(at + headBytes, at + headBytes + length), this);
      at += headBytes + length;
    }
    return at;
  }
}
