import { Logger } from '@nestjs/common';
import pg from 'pg';
import { isConnectionLoss } from '../database/sql-state.js';
import { together } from '../database/together.js';
import { pgTypes } from '../database/pg-types.js';
import { deleteFolded, park, takeBatch, takeOne, waitingIds } from './outbox-batch.js';
import type { OutboxRow, Projection, RelayConnection, Signal } from './projection.js';
import type { Signals } from './signals.js';

/** Session lock of the one active relay. */
const RELAY_LOCK = 7_265_002;
const BATCH = 500;
/** After a batch of this many rows the next one waits, so that it takes more rows for the same number of statements. */
const BUSY_BATCH = 8;
const BUSY_PAUSE_MS = 20;
/**
 * Between the beginnings of smaller ones, by what has woken it. With a batch for each decision, whoever decides one after
 * the other shares the cores with the relay all the time.
 */
const SPACING_MS = { now: 2, soon: 25 } as const;
const POLL_MS = 500;
const STANDBY_MS = 500;
const ATTEMPTS = 5;

/**
 * Its statements find rows by lists of ids, and are planned once. A plan made while the tables were nearly empty reads
 * them whole for as long as the connection lasts: loading one comment took 1.3 ms in a thread of 12,000, by its keys 0.08.
 */
const RELAY_PLANS = [
  'plan_cache_mode=force_generic_plan',
  'jit=off',
  ...['seqscan', 'hashjoin', 'mergejoin'].map((way) => `enable_${way}=off`),
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

const NOTHING = { signals: Promise.resolve([]) };

/** Told to other nodes: the outbox has new rows. */
const WAKE = 'outbox';
/** Told to all nodes when another relay takes over: signals of the one before may never have been sent. */
export const RELAY_CHANGED = 'relay';

/** `soon`: some milliseconds later will do, if a batch was just folded. */
export type Urgency = keyof typeof SPACING_MS;

export interface RelayStats {
  active: boolean;
  folded: number;
  batches: number;
  parked: number;
}

/**
 * Folds the outbox into what the public may learn. One relay is active at a time: it holds a session lock, and its
 * transactions run on the very connection that holds it, so a connection that is lost takes lock and batch with it and
 * no two relays ever write. Every node stands by.
 */
export class Relay {
  private readonly logger = new Logger(Relay.name);
  private readonly projections: Projection[] = [];
  private connection: RelayConnection | undefined;
  private running: Promise<void> | undefined;
  private stopping = false;
  /** When the next batch is to begin, by `performance.now()`; undefined: nothing has called for one. */
  private due: number | undefined;
  private begun = -Infinity;
  private wakeWaiter: (() => void) | undefined;
  readonly stats: RelayStats = { active: false, folded: 0, batches: 0, parked: 0 };

  constructor(
    private readonly url: () => string,
    private readonly signals: Signals,
  ) {}

  /** In the order in which they begin to fold: a projection may rely on locks that an earlier one takes first. */
  register(projection: Projection): void {
    this.projections.push(projection);
  }

  start(): void {
    this.stopping = false;
    this.signals.on(WAKE, (calls) => this.wakeHere((calls as Urgency[]).includes('now') ? 'now' : 'soon'));
    this.running = this.live();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeWaiter?.();
    await this.running;
  }

  /** New rows were committed by this process. */
  wake(when: Urgency = 'now'): void {
    if (this.stats.active) this.wakeHere(when);
    else this.signals.sendToOthers(WAKE, [when]);
  }

  private wakeHere(when: Urgency): void {
    const due = this.begun + SPACING_MS[when];
    if (this.due !== undefined && this.due <= due) return;
    this.due = due;
    this.wakeWaiter?.();
  }

  private async live(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.connectAndServe();
      } catch (error) {
        if (!this.stopping) this.logger.warn(`relay lost its connection: ${(error as Error).message}`);
      } finally {
        this.stats.active = false;
        this.connection = undefined;
      }
      if (!this.stopping) await this.sleep(STANDBY_MS);
    }
  }

  private async connectAndServe(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url(),
      application_name: 'postil-relay',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      types: pgTypes,
      pipeline: true,
      options: RELAY_PLANS,
      statement_timeout: 600_000,
    });
    let lost: Error | undefined;
    client.on('error', (error) => {
      lost = error;
      this.wakeWaiter?.();
    });
    await client.connect();
    try {
      await this.standBy(client, () => lost);
      if (this.stopping) return;
      this.connection = client;
      this.stats.active = true;
      this.signals.send([{ kind: RELAY_CHANGED, data: null }]);
      await this.serve(client, () => lost);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async standBy(client: RelayConnection, lost: () => Error | undefined): Promise<void> {
    while (!this.stopping) {
      const failure = lost();
      if (failure) throw failure;
      const result = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [RELAY_LOCK]);
      if (result.rows[0]?.mine) return;
      await this.sleep(STANDBY_MS);
    }
  }

  private async serve(client: RelayConnection, lost: () => Error | undefined): Promise<void> {
    for (const projection of this.projections) if (projection.settle) projection.settlesAt = 0;
    while (!this.stopping) {
      const failure = lost();
      if (failure) throw failure;
      this.due = undefined;
      this.begun = performance.now();
      const taken = await this.foldBatch(client);
      await this.settle(client);
      if (taken === BATCH) continue;
      if (taken >= BUSY_BATCH) await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS));
      await this.untilDue(() => lost() !== undefined);
    }
  }

  /** Until a batch is called for, or the poll. A call meanwhile may bring it forward. */
  private async untilDue(isLost: () => boolean): Promise<void> {
    const polled = performance.now() + this.idleMs();
    while (!this.stopping && !isLost()) {
      const wait = Math.min(this.due ?? Infinity, polled) - performance.now();
      // A timer is exact to a millisecond.
      if (wait < 1) return;
      await this.sleep(wait);
    }
  }

  private idleMs(): number {
    const soonest = Math.min(...this.projections.map((projection) => projection.settlesAt ?? Infinity));
    return Math.max(1, Math.min(soonest - Date.now(), POLL_MS));
  }

  /** Returns how many rows it took. */
  private async foldBatch(client: RelayConnection): Promise<number> {
    try {
      return await this.foldInTransaction(client, () => takeBatch(client, BATCH));
    } catch (error) {
      if (isConnectionLoss(error)) throw error;
      this.logger.error(`a batch failed, going row by row: ${(error as Error).message}`);
      return this.foldRowByRow(client);
    }
  }

  private async foldRowByRow(client: RelayConnection): Promise<number> {
    const ids = await waitingIds(client, BATCH);
    for (const id of ids) {
      for (let attempt = 1; ; attempt++) {
        try {
          await this.foldInTransaction(client, () => takeOne(client, id));
          break;
        } catch (error) {
          if (isConnectionLoss(error)) throw error;
          if (attempt === ATTEMPTS) {
            await park(client, id, attempt, (error as Error).message);
            this.stats.parked++;
            this.logger.error(`outbox row ${id} is parked: ${(error as Error).message}`);
            break;
          }
          await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempt));
        }
      }
    }
    return ids.length;
  }

  private async foldInTransaction(client: RelayConnection, take: () => Promise<OutboxRow[]>): Promise<number> {
    try {
      // Both are sent at once; awaited together, so that neither's failure goes unheard.
      const [, rows] = await together([client.query('BEGIN'), take()]);
      const told = rows.length > 0 ? await this.foldRows(client, rows) : [];
      const [committed, ...signals] = await together([client.query('COMMIT'), ...told]);
      // Behind a failed statement a COMMIT takes everything back, and says so by its tag alone.
      if (committed.command === 'ROLLBACK') throw new Error('the batch had failed before its commit');
      this.stats.folded += rows.length;
      if (rows.length > 0) this.stats.batches++;
      if (signals.some((some) => some.length > 0)) this.signals.send(signals.flat());
      return rows.length;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  /** Each projection sends its first statements before the first of them has an answer. */
  private async foldRows(client: RelayConnection, rows: readonly OutboxRow[]): Promise<Promise<readonly Signal[]>[]> {
    const folding = this.projections.map(async (projection) => {
      const { signals } = (await projection.fold?.(client, rows)) ?? NOTHING;
      // Its failure is told with the commit; until then it is not "unhandled".
      signals.catch(() => undefined);
      return { signals };
    });
    const [, folded] = await together([deleteFolded(client, rows), together(folding)]);
    return folded.map(({ signals }) => signals);
  }

  /** Each projection's timed work that is due, a transaction each. */
  private async settle(client: RelayConnection): Promise<void> {
    for (const projection of this.projections) {
      if (!projection.settle || (projection.settlesAt ?? Infinity) > Date.now()) continue;
      await client.query('BEGIN');
      try {
        const signals = await projection.settle(client);
        await client.query('COMMIT');
        if (signals.length > 0) this.signals.send(signals);
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        if (isConnectionLoss(error)) throw error;
        this.logger.error(`${projection.name} could not settle: ${(error as Error).message}`);
        projection.settlesAt = Date.now() + POLL_MS;
      }
    }
  }

  /** Ends early when woken. */
  private async sleep(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
      this.wakeWaiter = resolve;
    });
    clearTimeout(timer);
    this.wakeWaiter = undefined;
  }
}
