import type pg from 'pg';
import { chainHash, chainStart, type ChainedEntry } from './chain-link.js';
import { LINKS, TEXTS, UNCHAINED, UNCOVERED, type StoredLink, type StoredText } from './log-chain.store.js';
import { digestOf } from './sealed-text.js';

const BATCH = 1_000;
/** No transaction of ours lasts that long: an entry that is older than those chained before it by more is not. */
const LATE_MS = 3_600_000;

/** A head that was noted outside of the database; of the hash at least the first twelve digits. */
export interface KnownHead {
  n: number;
  hash: string;
}

export type Fault =
  /** The entry, or its place in the order, is not what was chained. */
  | 'changed'
  /** The chain goes on without the entry, or without its own link. */
  | 'removed'
  /** An entry that no chain has, or one that says it is older than it can be. */
  | 'inserted'
  /** A text beside the entry is not what was written with it. */
  | 'text-changed'
  /** The chain ends before the head that was noted. */
  | 'cut'
  /** The chain is whole, and is not the one whose head was noted. */
  | 'other-chain';

export interface Broken {
  fault: Fault;
  /** Null where the chain does not reach that far. */
  n: number | null;
  entryId: string | null;
}

export interface Verified {
  entries: number;
  /** Appended, not chained yet. */
  waiting: number;
  /** Of texts: as written, and erased since. */
  texts: number;
  erased: number;
  /** Texts that no entry speaks of: older than the chain, or put there by who should not have. */
  uncovered: number;
  /** Hexadecimal; that of no entry at all where there is none. */
  head: KnownHead;
  /** The first one. */
  broken: Broken | undefined;
}

/** Goes through one site's chain from its start. The caller holds a snapshot. Stops at what is broken first. */
export async function verifyLog(client: pg.ClientBase, siteId: string, known?: KnownHead): Promise<Verified> {
  const walk = new Walk(siteId, known);
  for (;;) {
    const links = await LINKS.on(client, [siteId, walk.n, BATCH]);
    const texts = await textsOf(client, links);
    for (const link of links) if (!walk.step(link, texts)) return walk.result();
    if (links.length < BATCH) break;
  }
  if (known && walk.n < known.n) return walk.result({ fault: 'cut', n: walk.n + 1, entryId: null });
  walk.uncovered = (await UNCOVERED.on(client, [siteId]))[0]?.count ?? 0;
  const unchained = await UNCHAINED.on(client, [siteId]);
  walk.waiting = unchained.filter((entry) => entry.waiting).length;
  const inserted = unchained.find((entry) => !entry.waiting);
  return walk.result(inserted && { fault: 'inserted', n: null, entryId: inserted.id });
}

class Walk {
  n = 0;
  waiting = 0;
  uncovered = 0;
  private texts = 0;
  private erased = 0;
  private hash: Buffer;
  /** The latest time that an entry has said. */
  private newest = -Infinity;
  private broken: Broken | undefined;

  constructor(
    siteId: string,
    private readonly known: KnownHead | undefined,
  ) {
    this.hash = chainStart(siteId);
  }

  step(link: StoredLink, texts: ReadonlyMap<string, StoredText>): boolean {
    const fault = this.faultOf(link, texts);
    if (fault !== undefined) {
      // Where links are missing, the first of them is what is broken.
      const missing = link.n !== this.n + 1;
      this.broken = { fault, n: this.n + 1, entryId: missing ? null : link.entryId };
      return false;
    }
    this.n = link.n;
    this.hash = link.hash;
    return true;
  }

  result(broken = this.broken): Verified {
    const { n, hash, waiting, texts, erased, uncovered } = this;
    return { entries: n, waiting, texts, erased, uncovered, head: { n, hash: hash.toString('hex') }, broken };
  }

  private faultOf(link: StoredLink, texts: ReadonlyMap<string, StoredText>): Fault | undefined {
    if (link.n !== this.n + 1) return 'removed';
    const entry = entryOf(link);
    if (!entry) return 'removed';
    if (!chainHash(this.hash, { n: link.n, at: link.chainedAt }, entry).equals(link.hash)) return 'changed';
    if (this.known?.n === link.n && !link.hash.toString('hex').startsWith(this.known.hash)) return 'other-chain';
    if (entry.at.getTime() < this.newest - LATE_MS) return 'inserted';
    this.newest = Math.max(this.newest, entry.at.getTime());
    return this.readTexts(entry, texts) ? undefined : 'text-changed';
  }

  private readTexts(entry: ChainedEntry, texts: ReadonlyMap<string, StoredText>): boolean {
    const { of: owner, ...digests } = sealedTexts(entry.codes) ?? {};
    for (const [kind, digest] of Object.entries(digests)) {
      const stored = texts.get(`${owner} ${kind}`);
      if (!stored || (stored.salt === null && stored.text === '')) this.erased++;
      else if (!stored.salt || digestOf(stored.salt, stored.text) !== digest) return false;
      else this.texts++;
    }
    return true;
  }
}

function entryOf({ id, n: _n, entryId: _entryId, hash: _hash, chainedAt: _chainedAt, ...rest }: StoredLink) {
  return id === null ? undefined : ({ id, ...rest } as ChainedEntry);
}

/** `texts` in an entry's codes: whose they are, and their digests by kind. */
function sealedTexts(codes: unknown): Record<string, string> | undefined {
  return (codes as { texts?: Record<string, string> } | null)?.texts;
}

async function textsOf(client: pg.ClientBase, links: readonly StoredLink[]): Promise<Map<string, StoredText>> {
  const owners = links.flatMap((link) => sealedTexts(link.codes)?.['of'] ?? []);
  const rows = owners.length > 0 ? await TEXTS.on(client, [owners]) : [];
  return new Map(rows.map((row) => [`${row.ownerId} ${row.kind}`, row]));
}
