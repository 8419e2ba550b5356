import { Injectable } from '@nestjs/common';
import { BoundedMap } from '../platform/bounded-map.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { RELAY_CHANGED } from '../platform/stream/relay.js';
import { Signals } from '../platform/stream/signals.js';
import { SITE_CHANGED_SIGNAL } from '../sites/index.js';
import { THREAD_SIGNAL, type ThreadSignal } from './thread-projection.js';
import { threadStore } from './thread.store.js';

/** A cached page is at most this stale, whatever is lost between the nodes. */
const FRESH_MS = 1_000;
const REMEMBERED_THREADS = 100_000;

interface Known {
  version: number;
  checkedAt: number;
}

/** The present version of each thread, looked up at most once a second and node, advanced at once by signals. */
@Injectable()
export class ThreadVersions {
  private readonly known = new BoundedMap<string, Known>(REMEMBERED_THREADS);
  private readonly asking = new Map<string, Promise<number | undefined>>();
  /** Advances when a site changes: its settings shape every page. */
  private siteGeneration = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    signals: Signals,
  ) {
    signals.on(THREAD_SIGNAL, (data) =>
      (data as ThreadSignal[]).forEach(([id, , version]) => this.advance(id, version)),
    );
    signals.on(SITE_CHANGED_SIGNAL, () => this.siteGeneration++);
    signals.on(RELAY_CHANGED, () => this.known.clear());
    signals.onReconnected(() => this.known.clear());
  }

  /** Without asking the database; undefined: not known for certain. */
  fresh(threadId: string): string | undefined {
    const known = this.known.peek(threadId);
    if (!known || Date.now() - known.checkedAt > FRESH_MS) return undefined;
    return `${known.version}.${this.siteGeneration}`;
  }

  /** One query however many wait. */
  async current(threadId: string): Promise<string> {
    const fresh = this.fresh(threadId);
    if (fresh !== undefined) return fresh;
    let asked = this.asking.get(threadId);
    if (!asked) {
      asked = this.ask(threadId).finally(() => this.asking.delete(threadId));
      this.asking.set(threadId, asked);
    }
    return `${(await asked) ?? 0}.${this.siteGeneration}`;
  }

  private async ask(threadId: string): Promise<number | undefined> {
    const askedAt = Date.now();
    const [row] = await threadStore.versions(this.unitOfWork.em, [threadId]);
    if (!row) return undefined;
    this.advance(threadId, row.version, askedAt);
    return this.known.peek(threadId)?.version;
  }

  private advance(threadId: string, version: number, at = Date.now()): void {
    const known = this.known.get(threadId);
    this.known.set(threadId, {
      version: Math.max(version, known?.version ?? 0),
      checkedAt: Math.max(at, known?.checkedAt ?? 0),
    });
  }
}
