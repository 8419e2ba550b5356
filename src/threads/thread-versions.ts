import { Injectable } from '@nestjs/common';
import { BoundedMap } from '../platform/bounded-map.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { RELAY_CHANGED } from '../platform/stream/relay.js';
import { Signals } from '../platform/stream/signals.js';
import { SITE_CHANGED_SIGNAL } from '../sites/index.js';
import { THREAD_SIGNAL, type ThreadSignal } from './thread-signal.js';
import { threadStore } from './thread.store.js';

/** A cached page is at most this stale, whatever is lost between the nodes. */
const FRESH_MS = 1_000;
const REMEMBERED_THREADS = 100_000;

interface Known {
  version: number;
  siteVersion: number;
  /** Of both. */
  name: string;
  /** When the database was last asked, epoch milliseconds. */
  checkedAt: number;
}

/** The present version of each thread and its site, looked up at most once a second and node, advanced at once by signals. */
@Injectable()
export class ThreadVersions {
  private readonly known = new BoundedMap<string, Known>(REMEMBERED_THREADS);
  private readonly asking = new Map<string, Promise<Known | undefined>>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    signals: Signals,
  ) {
    signals.on(THREAD_SIGNAL, (data) =>
      (data as ThreadSignal[]).forEach(([id, , version]) => this.advance(id, version)),
    );
    signals.on(SITE_CHANGED_SIGNAL, () => this.known.clear());
    signals.on(RELAY_CHANGED, () => this.known.clear());
    signals.onReconnected(() => this.known.clear());
  }

  /** Without asking the database; undefined: not known for certain. */
  fresh(threadId: string, now = Date.now()): string | undefined {
    const known = this.known.peek(threadId);
    return known && now - known.checkedAt <= FRESH_MS ? known.name : undefined;
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
    const known = await asked;
    return known?.name ?? 'none';
  }

  private async ask(threadId: string): Promise<Known | undefined> {
    const checkedAt = Date.now();
    const [row] = await threadStore.versions(this.unitOfWork.em, [threadId]);
    if (!row) return undefined;
    const before = this.known.get(threadId);
    const version = Math.max(row.version, before?.version ?? 0);
    const { siteVersion } = row;
    const known = { version, siteVersion, name: nameOf(version, siteVersion), checkedAt };
    this.known.set(threadId, known);
    return known;
  }

  /** By a signal: it says nothing of the site, so it does not count as having asked. */
  private advance(threadId: string, version: number): void {
    const known = this.known.peek(threadId);
    if (!known || version <= known.version) return;
    known.version = version;
    known.name = nameOf(version, known.siteVersion);
  }
}

function nameOf(version: number, siteVersion: number): string {
  return `${version}.${siteVersion}`;
}
