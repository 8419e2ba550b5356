import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Projection, RelayConnection, Signal } from '../stream/projection.js';
import { Relay } from '../stream/relay.js';
import { chainHash, chainStart } from './chain-link.js';
import { APPEND, HEADS, TAKE_WAITING } from './log-chain.store.js';

const BATCH = 500;
const EVERY_MS = 1_000;

interface NewLink {
  siteId: string;
  n: number;
  entryId: string;
  hash: Buffer;
  at: Date;
}

/**
 * Chains what was appended to the log, once a second. Not with the batches of the outbox: each is waited for by whoever
 * looks at a page, and nobody waits for this.
 */
@Injectable()
export class LogChainProjection implements Projection, OnModuleInit {
  readonly name = 'log chain';
  settlesAt: number | undefined;

  constructor(private readonly relay: Relay) {}

  onModuleInit(): void {
    this.relay.register(this);
  }

  async settle(connection: RelayConnection): Promise<Signal[]> {
    const entries = await TAKE_WAITING.on(connection, [BATCH]);
    this.settlesAt = Date.now() + (entries.length === BATCH ? 0 : EVERY_MS);
    if (entries.length === 0) return [];
    const stored = await HEADS.on(connection, [[...new Set(entries.map((entry) => entry.siteId))]]);
    const heads = new Map<string, { n: number; hash: Buffer }>(stored.map((head) => [head.siteId, head]));
    const links = entries.map(({ now: at, ...entry }): NewLink => {
      const { siteId, id: entryId } = entry;
      const head = heads.get(siteId) ?? { n: 0, hash: chainStart(siteId) };
      const n = head.n + 1;
      const hash = chainHash(head.hash, { n, at }, entry);
      heads.set(siteId, { n, hash });
      return { siteId, n, entryId, hash, at };
    });
    const columns = (['siteId', 'n', 'entryId', 'hash', 'at'] as const).map((name) => links.map((link) => link[name]));
    await APPEND.on(connection, columns);
    return [];
  }
}
