import pg from 'pg';
import fc from 'fast-check';
import { createDatabase, type TestDatabase } from '../../../test/support/database.js';
import { until } from '../../../test/support/until.js';
import type { Folded, OutboxRow, Projection, RelayConnection, Signal } from './projection.js';
import { Relay } from './relay.js';
import { Signals } from './signals.js';

/** A toy: things that are switched on and off, and a numbered history of each stream, as threads have. */
class ToyProjection implements Projection {
  readonly name = 'toy';
  failures = new Map<string, number>();

  async fold(connection: RelayConnection, rows: readonly OutboxRow[]): Promise<Folded> {
    const signals: Signal[] = [];
    for (const row of rows) {
      const left = this.failures.get(row.subjectId) ?? 0;
      if (left > 0) {
        this.failures.set(row.subjectId, left - 1);
        await connection.query('SELECT 1 / 0');
      }
      const { rows: heads } = await connection.query<{ seq: string }>(
        `INSERT INTO toy_heads (stream_id, seq) VALUES ($1, 1)
         ON CONFLICT (stream_id) DO UPDATE SET seq = toy_heads.seq + 1 RETURNING seq`,
        [row.streamId],
      );
      await connection.query('INSERT INTO toy_events (stream_id, seq, subject_id, status) VALUES ($1, $2, $3, $4)', [
        row.streamId,
        heads[0]?.seq,
        row.subjectId,
        row.toStatus,
      ]);
      signals.push({ kind: 'toy', data: [row.streamId, Number(heads[0]?.seq)] });
    }
    return { signals: Promise.resolve(signals) };
  }
}

interface ToyNode {
  projection: ToyProjection;
  relay: Relay;
  signals: Signals;
  stop(): Promise<void>;
}

const SITE = '00000000-0000-7000-8000-000000000001';
const STREAM = '00000000-0000-7000-8000-000000000002';
const subject = (n: number) => `00000000-0000-7000-8000-1000${String(n).padStart(8, '0')}`;

describe('the stream: outbox, relay, signals', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let nodes: ToyNode[] = [];

  beforeEach(async () => {
    database = await createDatabase();
    pool = new pg.Pool({ connectionString: database.url, max: 40 });
    pool.on('error', () => undefined);
    await pool.query(`
      CREATE TABLE toys (id uuid PRIMARY KEY, status text NOT NULL);
      CREATE TABLE toy_heads (stream_id uuid PRIMARY KEY, seq bigint NOT NULL);
      CREATE TABLE toy_events (stream_id uuid, seq bigint, subject_id uuid, status text, PRIMARY KEY (stream_id, seq));
    `);
    nodes = [];
  });

  afterEach(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await pool.end();
    await database.drop();
  });

  async function startNode(): Promise<ToyNode> {
    const signals = new Signals(() => database.url);
    const relay = new Relay(() => database.url, signals);
    const projection = new ToyProjection();
    relay.register(projection);
    await signals.start();
    relay.start();
    const node = {
      projection,
      relay,
      signals,
      stop: async () => {
        await relay.stop();
        await signals.stop();
      },
    };
    nodes.push(node);
    return node;
  }

  /** As a use-case writes: lock the row, change it, and then draw the outbox id. */
  async function write(id: string, status: string, pauseMs = 0): Promise<void> {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('INSERT INTO toys VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET status = excluded.status', [
        id,
        status,
      ]);
      await client.query(
        `INSERT INTO outbox (site_id, stream_id, subject_id, topic, to_status) VALUES ($1, $2, $3, 'toy', $4)`,
        [SITE, STREAM, id, status],
      );
      if (pauseMs > 0) await client.query('SELECT pg_sleep($1)', [pauseMs / 1_000]);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  }

  async function folded(): Promise<{ seq: number; subject: string; status: string }[]> {
    const { rows } = await pool.query<{ seq: string; subject: string; status: string }>(
      'SELECT seq, subject_id AS subject, status FROM toy_events ORDER BY seq',
    );
    return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
  }

  const empty = async () => (await pool.query('SELECT FROM outbox')).rowCount === 0;

  it('folds each row once, in order for each thing, whatever order the commits took', async () => {
    await startNode();
    const writes = Array.from({ length: 200 }, (_, n) => write(subject(n % 7), `s${n}`, n % 5 === 0 ? 5 : 0));
    nodes[0]?.relay.wake();
    await Promise.all(writes);
    await until(empty, 'an empty outbox');
    const events = await folded();
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
    const { rows: toys } = await pool.query<{ id: string; status: string }>('SELECT id, status FROM toys');
    for (const toy of toys) {
      expect(events.filter((event) => event.subject === toy.id).at(-1)?.status).toBe(toy.status);
    }
  });

  it('folds a row that became visible after rows with greater ids', async () => {
    await startNode();
    const slow = write(subject(1), 'slow', 300);
    await until(
      async () => (await pool.query(`SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'`)).rowCount === 1,
      'the slow writer',
    );
    await write(subject(2), 'quick');
    nodes[0]?.relay.wake();
    await until(async () => (await folded()).length === 1, 'the quick row');
    expect((await folded())[0]?.subject).toBe(subject(2));
    await slow;
    await until(async () => (await folded()).length === 2, 'the slow row');
  });

  it('has one active relay; when its connection is cut, another takes over and nothing is lost or doubled', async () => {
    await startNode();
    await until(() => nodes[0]?.relay.stats.active === true, 'an active relay');
    await startNode();
    await startNode();
    const activeNodes = () => nodes.filter((node) => node.relay.stats.active).length;
    const writing = (async () => {
      for (let n = 0; n < 300; n++) {
        await write(subject(n % 11), `s${n}`);
        nodes[n % 3]?.relay.wake();
        if (n % 60 === 30)
          await pool.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'postil-relay' AND datname = current_database()`,
          );
      }
    })();
    await writing;
    await until(empty, 'an empty outbox');
    await until(() => activeNodes() === 1, 'one active relay');
    const events = await folded();
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
    expect(new Set(events.map((event) => event.status)).size).toBe(300);
  });

  it('tells every node what was folded, and the nodes that were not connected that they missed something', async () => {
    const [a, b] = [await startNode(), await startNode()];
    const seen = new Map<ToyNode, number[]>([
      [a, []],
      [b, []],
    ]);
    const reconnected: ToyNode[] = [];
    for (const node of [a, b]) {
      node.signals.on('toy', (data) => seen.get(node)?.push(...(data as [string, number][]).map(([, seq]) => seq)));
      node.signals.onReconnected(() => reconnected.push(node));
    }
    for (let n = 0; n < 50; n++) await write(subject(n), 'on');
    a.relay.wake();
    await until(() => [a, b].every((node) => seen.get(node)?.length === 50), 'the signals on both nodes');
    expect(seen.get(b)).toEqual(seen.get(a));

    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'postil-listen' AND datname = current_database()`,
    );
    await until(() => reconnected.length === 2, 'both to listen again');
    await write(subject(99), 'on');
    a.relay.wake();
    await until(() => [a, b].every((node) => seen.get(node)?.at(-1) === 51), 'the next signal on both');
  });

  it('sends in order, also while a long one is under way', async () => {
    const [a, b] = [await startNode(), await startNode()];
    const got: string[] = [];
    b.signals.on('long', (data) => got.push(...(data as string[])));
    const sent = Array.from({ length: 5_000 }, (_, n) => `${n}-${'ä'.repeat(1_000)}`);
    a.signals.send(sent.map((data) => ({ kind: 'long', data })));
    await until(() => got.length > 0, 'the first part');
    a.signals.send([{ kind: 'long', data: 'last' }]);
    await until(() => got.length === sent.length + 1, 'all parts');
    expect(got.at(-1)).toBe('last');
  });

  it('splits signals that do not fit into one NOTIFY', async () => {
    const [a, b] = [await startNode(), await startNode()];
    const got: string[] = [];
    b.signals.on('big', (data) => got.push(...(data as string[])));
    const sent = Array.from({ length: 400 }, (_, n) => `${n}-${'ä'.repeat(50)}`);
    a.signals.send(sent.map((data) => ({ kind: 'big', data })));
    await until(() => got.length === sent.length, 'all parts');
    expect(got).toEqual(sent);
  });

  it('parks a row that fails five times, keeps it with its error, and goes on with the rest', async () => {
    const node = await startNode();
    node.projection.failures.set(subject(3), 100);
    node.projection.failures.set(subject(5), 3);
    for (let n = 0; n < 10; n++) await write(subject(n), 'on');
    node.relay.wake();
    await until(empty, 'an empty outbox');
    const { rows } = await pool.query<{ subject_id: string; error: string; attempts: number }>(
      'SELECT * FROM outbox_parked',
    );
    expect(rows.map((row) => [row.subject_id, row.attempts])).toEqual([[subject(3), 5]]);
    expect(rows[0]?.error).toContain('division by zero');
    expect((await folded()).map((event) => event.subject)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9].map(subject));
    expect(node.relay.stats.parked).toBe(1);
  });

  it('keeps order and visibility under random interleavings of writers, cuts and restarts', async () => {
    await startNode();
    const step = fc.oneof(
      { weight: 12, arbitrary: fc.record({ kind: fc.constant('write' as const), thing: fc.nat(4), pause: fc.nat(4) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('second' as const) }) },
    );
    let written = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const pending: Promise<void>[] = [];
        for (const one of steps) {
          if (one.kind === 'write') {
            pending.push(write(subject(one.thing), `w${written++}`, one.pause));
            nodes[written % nodes.length]?.relay.wake();
          } else if (one.kind === 'cut') {
            await pool.query(
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'postil-relay' AND datname = current_database()`,
            );
          } else if (nodes.length < 2) {
            await startNode();
          } else {
            await nodes.pop()?.stop();
          }
        }
        await Promise.all(pending);
        nodes[0]?.relay.wake();
        await until(empty, 'an empty outbox');
        const events = await folded();
        expect(events.map((event) => event.seq)).toEqual(Array.from({ length: written }, (_, n) => n + 1));
        expect(new Set(events.map((event) => event.status)).size).toBe(written);
        const { rows: toys } = await pool.query<{ id: string; status: string }>('SELECT id, status FROM toys');
        for (const toy of toys) {
          expect(events.filter((event) => event.subject === toy.id).at(-1)?.status).toBe(toy.status);
        }
      }),
      { numRuns: 12 },
    );
  });
});
