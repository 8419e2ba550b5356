import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Injectable, Inject, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, buildConnector, request } from 'undici';
import { CONFIG, type RuntimeConfig } from '../tokens.js';
import { isListed, isPermitted, networkOf, type Network } from './permitted-addresses.js';

export interface OutgoingRequest {
  url: string;
  method?: 'POST' | 'GET';
  headers: Record<string, string>;
  body?: string | Buffer;
  /** For the whole exchange, from the name's resolution to the answer's last byte. */
  timeoutMs: number;
  /** Ends it before its time. */
  signal?: AbortSignal;
  /** Of the answer's body; what is beyond is not read. */
  maxBytes?: number;
}

export interface OutgoingAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** At most `maxBytes` of it, as UTF-8. */
  body: string;
}

/** The target is one that nobody outside may name. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
}

const MAX_BYTES = 65_536;
const MAX_CONNECT_MS = 5_000;

/**
 * Asks servers whose addresses come from outside: webhooks, external screening, push services. It connects to permitted
 * addresses only, looked at when the connection is made, so that a name which resolves to another address by then gains
 * nothing; without TLS to none but those that the operator listed; and follows no redirect: its status is the answer.
 */
@Injectable()
export class OutgoingHttp implements OnApplicationShutdown {
  private readonly networks: readonly Network[];
  private readonly agent: Agent;
  protected readonly resolve: typeof lookup = lookup;

  constructor(@Inject(CONFIG) config: Pick<RuntimeConfig, 'outgoingNetworks'>) {
    this.networks = config.outgoingNetworks.flatMap((text) => networkOf(text) ?? []);
    const clear = { judge: isListed, connect: this.connector(isListed) };
    const secure = { judge: isPermitted, connect: this.connector(isPermitted) };
    this.agent = new Agent({
      keepAliveTimeout: 4_000,
      connect: (options, callback) => {
        const { judge, connect } = options.protocol === 'http:' ? clear : secure;
        const literal = options.hostname.replace(/^\[|\]$/g, '');
        // What is an address already is never looked up.
        if (isIP(literal) && !judge(literal, this.networks)) callback(refused(options.hostname), null);
        else connect(options, callback);
      },
    });
  }

  /** Why this can be no target, or undefined. A name is looked at again whenever it is connected to. */
  faultOf(url: string): string | undefined {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return 'is no http or https URL';
    if (parsed.username !== '' || parsed.password !== '') return 'holds a user name or password';
    const literal = parsed.hostname.replace(/^\[|\]$/g, '');
    const local = literal === 'localhost' || literal.endsWith('.localhost');
    const address = local ? '127.0.0.1' : literal;
    if (isIP(address) && !isPermitted(address, this.networks)) return 'is a private address';
    const listed = isIP(address) ? isListed(address, this.networks) : this.networks.length > 0;
    return parsed.protocol === 'http:' && !listed ? 'is not https' : undefined;
  }

  /** Throws TargetRefused, a TimeoutError, or what the network says. */
  async send({ url, method = 'POST', headers, body, timeoutMs, signal: ended, maxBytes = MAX_BYTES }: OutgoingRequest) {
    const fault = this.faultOf(url);
    if (fault !== undefined) throw new TargetRefused(`${url} ${fault}`);
    const limit = AbortSignal.timeout(timeoutMs);
    const signal = ended ? AbortSignal.any([limit, ended]) : limit;
    const answer = await request(url, { method, headers, body, signal, dispatcher: this.agent });
    const chunks: Buffer[] = [];
    let left = maxBytes;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) break;
    }
    const { statusCode: status, headers: answered } = answer;
    return { status, headers: answered, body: Buffer.concat(chunks).toString() } satisfies OutgoingAnswer;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  private connector(judge: typeof isPermitted): buildConnector.connector {
    const look: LookupFunction = (hostname, options, callback) => {
      this.resolve(hostname, { ...options, all: true }, (error, addresses) => {
        const first = addresses?.[0];
        if (error || !first) return callback(error ?? new Error(`${hostname} has no address`), '', 0);
        if (!addresses.every(({ address }) => judge(address, this.networks))) return callback(refused(hostname), '', 0);
        if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      });
    };
    // Its types leave `lookup` out, and hand it to net.connect and tls.connect.
    return buildConnector({ timeout: MAX_CONNECT_MS, lookup: look } as buildConnector.BuildOptions);
  }
}

function refused(hostname: string): TargetRefused {
  return new TargetRefused(`${hostname} has a private address, or one that is to be asked by https alone`);
}
