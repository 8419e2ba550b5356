import { Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { enterTransaction, gather } from './connection.js';
import { sqlState } from './sql-state.js';
import { together } from './together.js';

const ATTEMPTS = 5;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';

/**
 * For a transaction whose statements find rows by lists of ids. Without it PostgreSQL plans each of them anew, because
 * it guesses ten ids where it does not know them: 0.32 ms instead of 0.10 for locking one comment. Not for statements
 * with a LIMIT that it does not know: it guesses a tenth of the table.
 */
const KEEPING_PLANS = 'SET LOCAL plan_cache_mode = force_generic_plan';
/**
 * For a transaction whose statements find a few rows by keys, or the first ones of an index, in tables that grow fast. What
 * was planned while they were nearly empty reads them whole for as long as the connection lasts: claiming eight of 10,000
 * mails took 19 ms. Joins are run as they are written, each by an index.
 */
const BY_KEYS = [
  KEEPING_PLANS,
  'SET LOCAL join_collapse_limit = 1',
  ...['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map((way) => `SET LOCAL enable_${way} = off`),
];
/** For what may be lost with a crash of PostgreSQL, unlike all that it wrote before: nobody waits for the disk. */
const NOT_DURABLE = 'SET LOCAL synchronous_commit = off';
const BEGIN_SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** Takes statements that are under way and whose answers nobody needs before the commit, which travels right behind them. */
export type Last = (...running: readonly Promise<unknown>[]) => void;

type Work<T> = (em: EntityManager, last: Last) => Promise<T>;

/** A transaction begins here and nowhere else. `work` runs again from its start where PostgreSQL gave it up for another. */
@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * @param options.keepPlans its statements are planned once and not for the values of each call
   * @param options.durable false: the last milliseconds of it may be lost when PostgreSQL crashes
   */
  run<T>(work: Work<T>, { keepPlans = false, durable = true } = {}): Promise<T> {
    return this.retried([...(keepPlans ? [KEEPING_PLANS] : []), ...(durable ? [] : [NOT_DURABLE])], work);
  }

  /** For statements that run in such transactions alone, and that indexes serve. */
  byKeys<T>(work: Work<T>): Promise<T> {
    return this.retried(BY_KEYS, work);
  }

  private async retried<T>(settings: readonly string[], work: Work<T>): Promise<T> {
    const begin = ['BEGIN', ...settings].join('; ');
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(begin, work);
      } catch (error) {
        const state = sqlState(error);
        if (attempt === ATTEMPTS || (state !== SERIALIZATION_FAILURE && state !== DEADLOCK_DETECTED)) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
      }
    }
  }

  /** For a single statement, which is its own transaction. */
  get em(): EntityManager {
    return this.dataSource.manager;
  }

  /** Several reads that must see one and the same state of the database. */
  async snapshot<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.attempt(BEGIN_SNAPSHOT, work);
  }

  private async attempt<T>(begin: string, work: Work<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as pg.ClientBase;
      enterTransaction(runner, client);
      // It travels with the first statement: nobody waits for its answer alone.
      const underway: Promise<unknown>[] = [send(client, begin)];
      try {
        const result = await work(runner.manager, (...running) => underway.push(...running.map(heard)));
        const committed = send(client, 'COMMIT');
        await together([...underway, committed]);
        // PostgreSQL's answer to a COMMIT behind a failure, which somebody must have kept to himself.
        if ((await committed).command === 'ROLLBACK') throw new Error('the transaction had failed before its commit');
        return result;
      } catch (error) {
        await Promise.allSettled(underway);
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }
}

function send(client: pg.ClientBase, sql: string): Promise<pg.QueryResult> {
  gather(client);
  return heard(client.query(sql));
}

/** Its failure is told later; until then it is not "unhandled". */
function heard<T>(running: Promise<T>): Promise<T> {
  running.catch(() => undefined);
  return running;
}
