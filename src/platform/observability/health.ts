import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Jobs } from '../jobs/jobs.js';
import { Lifecycle } from '../lifecycle.js';
import { Relay } from '../stream/relay.js';
import { Signals } from '../stream/signals.js';
import { Metrics } from './metrics.js';

/** A relay that leaves a row waiting longer than this is taken for dead. */
const RELAY_LAG_LIMIT_SECONDS = 30;
const ANSWER_WITHIN_MS = 3_000;

export interface Readiness {
  ready: boolean;
  checks: Record<string, string>;
}

interface StreamState {
  lagSeconds: number;
  parked: number;
}

/** Whether this node should get traffic, and if not, why. */
@Injectable()
export class Health implements OnModuleInit {
  constructor(
    private readonly lifecycle: Lifecycle,
    private readonly dataSource: DataSource,
    private readonly signals: Signals,
    private readonly jobs: Jobs,
    private readonly relay: Relay,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const { metrics, relay } = this;
    metrics.gauge('postil_relay_active', 'Whether the one active relay is on this node', (gauge) =>
      gauge.set(relay.stats.active ? 1 : 0),
    );
    metrics.gauge('postil_relay_lag_seconds', 'How long the oldest fact has waited to be folded', async (gauge) =>
      gauge.set((await this.stream()).lagSeconds),
    );
    metrics.gauge('postil_outbox_parked', 'Facts that could not be folded', async (gauge) =>
      gauge.set((await this.stream()).parked),
    );
  }

  /** Seconds that the oldest outbox row has waited, and how many rows are parked. */
  async stream(): Promise<StreamState> {
    const [state] = await this.dataSource.query<[StreamState]>(
      `SELECT coalesce(extract(epoch FROM clock_timestamp() - (SELECT at FROM outbox ORDER BY id LIMIT 1)), 0)::float8 AS "lagSeconds",
              (SELECT count(*) FROM outbox_parked) AS parked`,
    );
    return state;
  }

  async readiness(): Promise<Readiness> {
    const checks: Record<string, string> = {};
    checks.node = this.lifecycle.ready ? 'ok' : 'starting or stopping';
    try {
      const state = await within(ANSWER_WITHIN_MS, this.stream());
      checks.database = 'ok';
      checks.relay = state.lagSeconds < RELAY_LAG_LIMIT_SECONDS ? 'ok' : `${Math.round(state.lagSeconds)} s behind`;
      checks.parked = state.parked === 0 ? 'ok' : `${state.parked} outbox rows are parked`;
    } catch (error) {
      checks.database = (error as Error).message;
    }
    checks.signals = this.signals.connected ? 'ok' : 'not connected';
    checks.jobs = this.jobs.state;
    return { ready: Object.values(checks).every((check) => check === 'ok'), checks };
  }
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
