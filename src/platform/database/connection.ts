import type { Writable } from 'node:stream';
import type pg from 'pg';
import type { EntityManager, QueryRunner } from 'typeorm';

interface PoolDriver {
  master: pg.Pool;
}

const ofTransaction = new WeakMap<QueryRunner, pg.ClientBase>();

/** From now on, statements of this runner go to its connection without waiting. */
export function enterTransaction(runner: QueryRunner, client: pg.ClientBase): void {
  ofTransaction.set(runner, client);
}

/** The connection of the transaction that `em` belongs to, or the pool where it belongs to none. */
export function connectionOf(em: EntityManager): pg.Pool | pg.ClientBase {
  if (!em.queryRunner) return (em.connection.driver as unknown as PoolDriver).master;
  const client = ofTransaction.get(em.queryRunner);
  if (!client) throw new Error('a transaction begins in UnitOfWork and nowhere else');
  return client;
}

const gathering = new WeakSet<Writable>();

/**
 * What is sent on this connection before the event loop turns to something else goes out in one write: with one for each
 * pipelined statement, nearly half of the node's CPU went into these system calls.
 */
export function gather(client: pg.ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  if (gathering.has(stream)) return;
  gathering.add(stream);
  stream.cork();
  process.nextTick(() => {
    gathering.delete(stream);
    stream.uncork();
  });
}
