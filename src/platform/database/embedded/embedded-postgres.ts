import { setTimeout as delay } from 'node:timers/promises';
import { findBinaries } from './binaries.js';
import { bringUp } from './bring-up.js';
import { type Cluster, openCluster } from './cluster.js';
import { openHome } from './home.js';
import type { Postmaster } from './postmaster.js';
import { applicationUrl, ensureDatabase, untilItAnswers } from './server-connection.js';

export interface EmbeddedPostgresOptions {
  /** DATA_DIR: the cluster lives in `postgres` below it. */
  readonly dataDir: string;
  /** One line for the operator each. */
  readonly log: (line: string) => void;
  /** Settings of the server beyond ours; they win. */
  readonly settings?: Record<string, string>;
  /** Default: a free one, kept for the next start. */
  readonly port?: number;
}

type AvailabilityListener = (available: boolean) => void;

/** Waits before the restarts of a server that keeps dying; the first is at once. */
const BACK_OFF_MS = [0, 500, 1_000, 2_000, 5_000, 10_000, 30_000];
/** A server that lived this long before it died starts a new series. */
const HEALTHY_AFTER_MS = 60_000;

/**
 * A PostgreSQL of our own: started or adopted, started again when it dies, stopped with us. It keeps this process
 * alive until `stop()`, as a listening server would.
 */
export class EmbeddedPostgres {
  /** For the application's role and database. Stays the same while this object lives. */
  readonly url: string;
  private isAvailable = true;
  private readonly listeners = new Set<AvailabilityListener>();
  private readonly stopping = new AbortController();
  private readonly supervision: Promise<void>;
  private stopped: Promise<void> | undefined;

  private constructor(
    private readonly cluster: Cluster,
    private postmaster: Postmaster,
    private readonly options: EmbeddedPostgresOptions,
  ) {
    this.url = applicationUrl(cluster, postmaster.port);
    this.supervision = this.supervise();
  }

  /** @throws EmbeddedPostgresError, its message a line for the operator */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const home = await openHome(options.dataDir, options.log);
    try {
      const binaries = await findBinaries(home.user, options.log);
      const cluster = await openCluster(home, binaries, options.settings?.['fsync'] !== 'off');
      const postmaster = await bringUp(cluster, options);
      try {
        await untilItAnswers(cluster, postmaster, new AbortController().signal, options.log);
        await ensureDatabase(cluster, postmaster.port);
      } catch (error) {
        await postmaster.shutDown(cluster, options.log);
        throw error;
      }
      return new EmbeddedPostgres(cluster, postmaster, options);
    } catch (error) {
      home.release();
      throw error;
    }
  }

  /** False from its death until it answers again. */
  get available(): boolean {
    return this.isAvailable;
  }

  /** @returns a function that ends the listening */
  onAvailabilityChange(listener: AvailabilityListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The last step of the application's shutdown. Resolves when the server has ended; may be called again. */
  stop(): Promise<void> {
    this.stopped ??= this.shutDown();
    return this.stopped;
  }

  private async shutDown(): Promise<void> {
    this.stopping.abort();
    try {
      await this.postmaster.shutDown(this.cluster, this.options.log);
      await this.supervision;
      // A restart may have been under way.
      await this.postmaster.shutDown(this.cluster, this.options.log);
    } finally {
      this.setAvailable(false);
      this.cluster.release();
    }
  }

  private async supervise(): Promise<void> {
    let deaths = 0;
    for (;;) {
      const since = Date.now();
      await this.postmaster.gone;
      if (this.stopping.signal.aborted) return;
      this.setAvailable(false);
      this.options.log(`PostgreSQL, pid ${this.postmaster.pid}, died: ${await this.lastWords()}; starting it again`);
      deaths = Date.now() - since > HEALTHY_AFTER_MS ? 0 : deaths;
      deaths = await this.restart(deaths);
      if (this.stopping.signal.aborted) return;
      this.options.log(`PostgreSQL is back, pid ${this.postmaster.pid}`);
      this.setAvailable(true);
    }
  }

  /** @returns how often it has died in this series */
  private async restart(deaths: number): Promise<number> {
    const { log, settings } = this.options;
    for (; !this.stopping.signal.aborted; deaths += 1) {
      const pause = BACK_OFF_MS[Math.min(deaths, BACK_OFF_MS.length - 1)];
      await delay(pause, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopping.signal.aborted) break;
      try {
        this.postmaster = await bringUp(this.cluster, { log, settings, port: this.postmaster.port });
        await untilItAnswers(this.cluster, this.postmaster, this.stopping.signal, log);
        return deaths + 1;
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
      }
    }
    return deaths;
  }

  private async lastWords(): Promise<string> {
    return this.postmaster.lastWords().catch((error: unknown) => String(error));
  }

  private setAvailable(available: boolean): void {
    if (this.isAvailable === available) return;
    this.isAvailable = available;
    for (const listener of this.listeners) listener(available);
  }
}
