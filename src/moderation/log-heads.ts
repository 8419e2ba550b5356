import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HEADS } from '../platform/audit/log-chain.store.js';
import { Statement } from '../platform/database/statement.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { Metrics } from '../platform/observability/metrics.js';
import type { LogHeadView } from './log.view.js';

const SITES = new Statement<{ id: string; key: string }>(
  'logHeads.sites',
  'SELECT id, key FROM sites WHERE $1::uuid[] IS NULL OR id = ANY($1) ORDER BY key',
);
const WAITING = new Statement<{ count: number }>('logHeads.waiting', 'SELECT count(*)::int AS count FROM log_waiting');
/** Of the hash in a figure: a double holds 53 bits of it. */
const DIGITS = 12;

/**
 * Where the log of each site ends: noted outside of the database, a head shows whether the end was cut or the whole
 * chain made anew. So it is told to who reads the log, to who collects the figures, and once a day to who keeps the
 * server's own log.
 */
@Injectable()
export class LogHeads implements OnModuleInit {
  private readonly logger = new Logger('log');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly metrics: Metrics,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge(
      'postil_log_head_entry',
      'Entries in the chain of the log',
      async (gauge) => (await this.of()).forEach(({ site, n }) => gauge.set({ site }, n)),
      ['site'],
    );
    this.metrics.gauge(
      'postil_log_head_hash',
      'The first 48 bits of the hash of the newest of them',
      async (gauge) =>
        (await this.of()).forEach(({ site, hash }) => gauge.set({ site }, parseInt(hash.slice(0, DIGITS), 16))),
      ['site'],
    );
    this.metrics.gauge('postil_log_waiting', 'Entries of the log that are not chained yet', async (gauge) =>
      gauge.set((await WAITING.run(this.unitOfWork.em, []))[0]?.count ?? NaN),
    );
    this.jobs.register({ name: 'log.tell-heads', cron: '0 0 * * *', run: () => this.tell() });
  }

  /** By the sites' keys. @param siteIds all sites where it is not given */
  async of(siteIds?: readonly string[]): Promise<LogHeadView[]> {
    const { em } = this.unitOfWork;
    const sites = await SITES.run(em, [siteIds ?? null]);
    const heads = await HEADS.run(em, [sites.map(({ id }) => id)]);
    const bySite = new Map(heads.map((head) => [head.siteId, head]));
    return sites.flatMap(({ id, key }) => {
      const head = bySite.get(id);
      return head ? [{ site: key, n: head.n, hash: head.hash.toString('hex'), at: head.at.toISOString() }] : [];
    });
  }

  /** Into the server's own log, for `postil log verify --head`. */
  async tell(): Promise<void> {
    for (const { site, n, hash } of await this.of()) this.logger.log(`head of site ${site}: ${n}:${hash}`);
  }
}
