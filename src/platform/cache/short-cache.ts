export interface ShortCacheOptions {
  maxAgeMs: number;
  maxEntries: number;
  /** Epoch milliseconds. */
  now: () => number;
}

interface Entry<Value> {
  begunAt: number;
  value: Promise<Value>;
}

/**
 * What was read lately, for many who ask at once: one reading serves all that come while it runs and for `maxAgeMs`
 * after it began. Age counts from the beginning, so whatever was committed before that is in it. Failures are not kept.
 */
export class ShortCache<Key, Value> {
  private readonly entries = new Map<Key, Entry<Value>>();

  constructor(
    private readonly read: (key: Key) => Promise<Value>,
    private readonly options: ShortCacheOptions,
  ) {}

  get(key: Key): Promise<Value> {
    const now = this.options.now();
    const known = this.entries.get(key);
    // A clock set back must not keep an entry alive.
    if (known && known.begunAt <= now && now - known.begunAt < this.options.maxAgeMs) return known.value;
    const entry = { begunAt: now, value: this.read(key) };
    entry.value.catch(() => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    });
    this.keep(key, entry);
    return entry.value;
  }

  /** A reading under way still answers those who wait for it, and nobody after them. */
  clear(): void {
    this.entries.clear();
  }

  get size(): number {
    return this.entries.size;
  }

  /** The Map's order is the order of reading: what goes first when it is full is what is due first anyway. */
  private keep(key: Key, entry: Entry<Value>): void {
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (this.entries.size > this.options.maxEntries) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.entries.delete(oldest.value);
    }
  }
}
