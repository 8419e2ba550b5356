import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { BoundedMap } from '../bounded-map.js';

export type Encoding = 'identity' | 'gzip' | 'br';

const COMPRESS_FROM_BYTES = 1_024;
const BROTLI_QUALITY = 4;
const GZIP_LEVEL = 5;

/** Browsers send few different ones. */
const preferences = new BoundedMap<string, Encoding>(100);

/** Node copies a string of up to 16 KiB, head included, on its stack. */
const TEXT_UP_TO_BYTES = 15 * 1_024;

interface Encoded {
  body: Buffer;
  /** The same bytes as a string of Latin-1, where the body is small. */
  text: string | undefined;
  etag: string;
  /** All its headers as `writeHead` takes them, name and value in turns. */
  head: string[];
}

/** One answer as bytes, with compressed twins made when first asked for. Each encoding has the ETag of its own bytes. */
export class Representation {
  private readonly encoded = new Map<Encoding, Encoded | Promise<Encoded>>();

  constructor(
    /** Of every encoding. */
    readonly headers: Readonly<Record<string, string>>,
    private readonly plain: Buffer,
  ) {
    this.encoded.set('identity', this.made('identity', plain));
  }

  /** Bytes held, twins included. */
  get size(): number {
    return this.plain.length * 3;
  }

  /** The best encoding that the client takes; small answers go out as they are. */
  encodingFor(acceptEncoding: string | undefined): Encoding {
    if (!acceptEncoding || this.plain.length < COMPRESS_FROM_BYTES) return 'identity';
    const known = preferences.get(acceptEncoding);
    if (known) return known;
    const best = accepts(acceptEncoding, 'br') ? 'br' : accepts(acceptEncoding, 'gzip') ? 'gzip' : 'identity';
    preferences.set(acceptEncoding, best);
    return best;
  }

  /** At once where these bytes were made before. */
  ready(encoding: Encoding): Encoded | undefined {
    const encoded = this.encoded.get(encoding);
    return encoded && 'head' in encoded ? encoded : undefined;
  }

  async encode(encoding: Encoding): Promise<Encoded> {
    const known = this.encoded.get(encoding);
    if (known) return known;
    const making = compress(this.plain, encoding).then((body) => {
      const made = this.made(encoding, body);
      this.encoded.set(encoding, made);
      return made;
    });
    this.encoded.set(encoding, making);
    return making;
  }

  private made(encoding: Encoding, body: Buffer): Encoded {
    const etag = etagOf(body);
    const own = { etag, 'content-length': String(body.length) };
    const all = { ...this.headers, ...own, ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }) };
    const text = body.length <= TEXT_UP_TO_BYTES ? body.toString('latin1') : undefined;
    return { body, text, etag, head: Object.entries(all).flat() };
  }
}

export function etagOf(bytes: Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
}

/** RFC 9110: a list of ETags, weak ones compared by their value, or `*`. */
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((candidate) => {
    const value = candidate.trim().replace(/^W\//, '');
    return value === etag || value === '*';
  });
}

function accepts(acceptEncoding: string, encoding: string): boolean {
  return acceptEncoding.split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

function compress(plain: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return gzipAsync(plain, { level: GZIP_LEVEL });
  return brotliAsync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}
