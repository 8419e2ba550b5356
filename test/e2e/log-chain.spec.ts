import { createHash } from 'node:crypto';
import pg from 'pg';
import { verifyLogs } from '../../src/cli/verify-logs.js';
import { chainHash, chainStart } from '../../src/platform/audit/chain-link.js';
import { LINKS } from '../../src/platform/audit/log-chain.store.js';
import { verifyLog, type KnownHead } from '../../src/platform/audit/verify-log.js';
import { pgTypes } from '../../src/platform/database/pg-types.js';
import type { Comment } from '../../web/shared/api-types.js';
import { startApp, type App, type Person } from '../support/app.js';
import { until } from '../support/until.js';

interface Log {
  items: { id: string; codes: Record<string, unknown> }[];
  heads: { site: string; n: number; hash: string; at: string }[];
}

const TEXTS = { explanation: 'Please stay civil.', note: 'Third time' };

describe("the log's chain", () => {
  let app: App;
  let ada: Person;
  let moderator: Person;
  let client: pg.Client;
  let siteId: string;

  beforeAll(async () => {
    app = await startApp();
    await app.site('elsewhere', { name: 'Elsewhere' });
    [ada, moderator] = await Promise.all([app.guest(), app.staff('moderator')]);
    client = new pg.Client({ connectionString: app.database.url, types: pgTypes });
    client.on('error', () => undefined);
    await client.connect();
    siteId = (await app.pool.query<{ id: string }>(`SELECT id FROM sites WHERE key = 'demo'`)).rows[0]?.id ?? '';
    const thread = await app.thread();
    const comments: Comment[] = [];
    for (let n = 0; n < 6; n++) comments.push(await app.post(ada, thread, `Held ${n}`));
    await app.decide(moderator, 'reject', comments.slice(0, 3), { reason: 'abuse', ...TEXTS });
    await app.decide(moderator, 'approve', comments.slice(3), { note: 'Fine' });
    await chained();
  });

  afterAll(async () => {
    await client.end();
    await app.stop();
  });

  const chained = () =>
    until(
      async () => (await app.count('SELECT count(*) FROM log_waiting')) === 0,
      'the relay to chain what was appended',
    );
  const head = async (): Promise<KnownHead> => (await verifyLog(client, siteId)).head;
  /** What becomes of the log when its owner, with no trigger in the way, does this to it. Taken back afterwards. */
  const tampered = async (sql: string, values: unknown[] = [], known?: KnownHead) => {
    await client.query('BEGIN');
    try {
      for (const table of ['log_entries', 'log_chain']) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      const { rowCount } = await client.query(sql, values);
      expect(rowCount).toBeGreaterThan(0);
      return (await verifyLog(client, siteId, known)).broken;
    } finally {
      await client.query('ROLLBACK');
    }
  };
  const entryAt = async (n: number) =>
    (
      await app.pool.query<{ id: string }>('SELECT entry_id AS id FROM log_chain WHERE site_id = $1 AND n = $2', [
        siteId,
        n,
      ])
    ).rows[0]?.id ?? '';
  const AT = 'SELECT entry_id FROM log_chain WHERE site_id = $1 AND n = $2';

  it('has every entry of each site once, in order, and is whole', async () => {
    const entries = await app.count('SELECT count(*) FROM log_entries WHERE site_id = $1', [siteId]);
    expect(entries).toBeGreaterThan(8);
    const { head: last, ...rest } = await verifyLog(client, siteId);
    expect(rest).toEqual({ entries, waiting: 0, texts: 9, erased: 0, uncovered: 0, broken: undefined });
    expect(last).toEqual({ n: entries, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await app.count('SELECT count(*) FROM log_chain')).toBe(await app.count('SELECT count(*) FROM log_entries'));

    const lines: string[] = [];
    expect(await verifyLogs(client, {}, (line) => lines.push(line))).toBe(true);
    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(`^site demo: whole, ${entries} entries .* 9 texts as written.* head ${entries}:`),
      ),
      expect.stringMatching(/^site elsewhere: whole, \d+ entries/),
    ]);
    await expect(verifyLogs(client, { site: 'nowhere' }, () => undefined)).rejects.toThrow('There is no site nowhere.');
  });

  it('is what the document says, computed without the code', async () => {
    const { rows } = await client.query<{ text: string; hash: Buffer }>(
      `SELECT c.hash, json_build_array('postil-log-1', c.n, to_char(c.at AT TIME ZONE 'UTC', $2), e.id, e.site_id,
                to_char(e.at AT TIME ZONE 'UTC', $2), e.actor_kind, e.actor_id, e.action, e.subject_kind, e.subject_id,
                e.codes) AS text
       FROM log_chain c JOIN log_entries e ON e.id = c.entry_id WHERE c.site_id = $1 ORDER BY c.n`,
      [siteId, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'],
    );
    const sorted = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, inner]) => [key, sorted(inner)]),
          );
    let before = createHash('sha256').update(`postil-log-1 ${siteId}`).digest();
    for (const { text, hash } of rows) {
      const parts = text as unknown as unknown[];
      before = createHash('sha256')
        .update(before)
        .update(JSON.stringify(parts.map(sorted)))
        .digest();
      expect(before).toEqual(hash);
    }
    expect(rows.length).toBeGreaterThan(8);
  });

  it('grows by entries that commit late, and by those of many at once, each once', async () => {
    const slow = await app.pool.connect();
    try {
      await slow.query('BEGIN');
      const insert = `INSERT INTO log_entries (id, site_id, actor_kind, action, subject_kind, subject_id)
                      VALUES (gen_random_uuid(), $1, 'system', 'thread.changed', 'thread', gen_random_uuid())`;
      await slow.query(insert, [siteId]);
      const before = (await head()).n;
      await Promise.all(Array.from({ length: 20 }, () => app.pool.query(insert, [siteId])));
      await until(async () => (await head()).n === before + 20, 'those that have committed to be chained');
      await slow.query('COMMIT');
      await until(async () => (await head()).n === before + 21, 'the late one to be chained too');
    } finally {
      slow.release();
    }
    expect(await app.count('SELECT count(*) - count(DISTINCT entry_id) AS count FROM log_chain')).toBe(0);
    expect((await verifyLog(client, siteId)).broken).toBeUndefined();
  });

  it('takes up where another relay left', async () => {
    const before = (await head()).n;
    await app.withoutRelay(async () => {
      await app.settings({ maxLinks: 7 });
      expect(await verifyLog(client, siteId)).toMatchObject({ entries: before, waiting: 1, broken: undefined });
    });
    await until(async () => (await head()).n === before + 1, 'the next relay to chain it');
  });

  it.each([
    ['a reason', `UPDATE log_entries SET codes = codes || '{"reason": "spam"}' WHERE id = (${AT})`],
    ['the actor', `UPDATE log_entries SET actor_id = gen_random_uuid() WHERE id = (${AT})`],
    ['the time', `UPDATE log_entries SET at = at + interval '1 ms' WHERE id = (${AT})`],
    ['the site', `UPDATE log_entries SET site_id = gen_random_uuid() WHERE id = (${AT})`],
    ['the time of chaining', `UPDATE log_chain SET at = at + interval '1 ms' WHERE site_id = $1 AND n = $2`],
    ['the hash', `UPDATE log_chain SET hash = sha256(hash) WHERE site_id = $1 AND n = $2`],
  ])('shows an entry that was changed: %s', async (_what, sql) => {
    expect(await tampered(sql, [siteId, 5])).toEqual({ fault: 'changed', n: 5, entryId: await entryAt(5) });
  });

  it('shows an entry that was removed, with its link and without', async () => {
    const entry = `DELETE FROM log_entries WHERE id = (${AT})`;
    expect(await tampered(entry, [siteId, 4])).toEqual({ fault: 'removed', n: 4, entryId: await entryAt(4) });
    const both = `WITH link AS (DELETE FROM log_chain WHERE site_id = $1 AND n = $2 RETURNING entry_id)
                  DELETE FROM log_entries WHERE id = (SELECT entry_id FROM link)`;
    expect(await tampered(both, [siteId, 4])).toEqual({ fault: 'removed', n: 4, entryId: null });
    // Closing the gap moves all that follow.
    const closed = `WITH gone AS (DELETE FROM log_entries WHERE id = (${AT})),
                    link AS (DELETE FROM log_chain WHERE site_id = $1 AND n = $2)
                    UPDATE log_chain SET n = -n WHERE site_id = $1 AND n > $2`;
    await client.query('BEGIN');
    try {
      for (const table of ['log_entries', 'log_chain']) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await client.query(closed, [siteId, 4]);
      await client.query('UPDATE log_chain SET n = -n - 1 WHERE n < 0');
      expect((await verifyLog(client, siteId)).broken).toMatchObject({ fault: 'changed', n: 4 });
    } finally {
      await client.query('ROLLBACK');
    }
  });

  it('shows an entry that was inserted: beside the chain, and into it', async () => {
    const copy = `INSERT INTO log_entries SELECT gen_random_uuid(), site_id, at, actor_kind, actor_id, action, subject_kind, subject_id, codes
                  FROM log_entries WHERE id = (${AT}) RETURNING id`;
    expect(await tampered(copy, [siteId, 3])).toEqual({ fault: 'inserted', n: null, entryId: expect.any(String) });
    // At the place of another, whose own link is lost.
    const into = `WITH copied AS (${copy}) UPDATE log_chain SET entry_id = (SELECT id FROM copied) WHERE site_id = $1 AND n = $2`;
    expect(await tampered(into, [siteId, 3])).toMatchObject({ fault: 'changed', n: 3 });
  });

  it('shows a pair that was swapped', async () => {
    const entries = `UPDATE log_entries a SET at = b.at, action = b.action, codes = b.codes, subject_id = b.subject_id
      FROM log_entries b WHERE (a.id, b.id) IN (((${AT}), (${AT.replace('$2', '$2 + 1')})), ((${AT.replace('$2', '$2 + 1')}), (${AT})))`;
    expect(await tampered(entries, [siteId, 6])).toMatchObject({ fault: 'changed', n: 6 });
  });

  it('shows an end that was cut, and a chain that was made anew, by a head that was noted', async () => {
    const noted = await head();
    const cut = `WITH cut AS (DELETE FROM log_chain WHERE site_id = $1 AND n > $2 RETURNING entry_id)
                 DELETE FROM log_entries WHERE id IN (SELECT entry_id FROM cut)`;
    expect(await tampered(cut, [siteId, noted.n - 2])).toBeUndefined();
    const gone = { fault: 'cut', n: noted.n - 1, entryId: null };
    expect(await tampered(cut, [siteId, noted.n - 2], noted)).toEqual(gone);
    const short = { n: noted.n, hash: noted.hash.slice(0, 12) };
    expect(await tampered(cut, [siteId, noted.n - 2], short)).toEqual(gone);
    expect((await verifyLog(client, siteId, short)).broken).toBeUndefined();

    await client.query('BEGIN');
    try {
      for (const table of ['log_entries', 'log_chain']) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await client.query(`UPDATE log_entries SET actor_id = gen_random_uuid() WHERE id = (${AT})`, [siteId, 5]);
      let before = chainStart(siteId);
      for (const { n, chainedAt, entryId: _entryId, hash: _hash, ...entry } of await LINKS.on(client, [
        siteId,
        0,
        1_000,
      ])) {
        before = chainHash(before, { n, at: chainedAt }, entry as Parameters<typeof chainHash>[2]);
        await client.query('UPDATE log_chain SET hash = $3 WHERE site_id = $1 AND n = $2', [siteId, n, before]);
      }
      expect((await verifyLog(client, siteId)).broken).toBeUndefined();
      const { broken } = await verifyLog(client, siteId, noted);
      expect(broken).toEqual({ fault: 'other-chain', n: noted.n, entryId: await entryAt(noted.n) });
    } finally {
      await client.query('ROLLBACK');
    }
  });

  it('stays whole where texts are erased, and shows those that were changed', async () => {
    const owner = `(SELECT id FROM decisions WHERE action = 'reject' LIMIT 1)`;
    expect(await tampered(`UPDATE log_texts SET text = 'Be nice.' WHERE owner_id = ${owner}`)).toMatchObject({
      fault: 'text-changed',
    });
    // What stays in the log is the same for nobody: equal texts have unequal digests.
    const { rows } = await app.pool.query<{ digest: string }>(
      `SELECT codes->'texts'->>'explanation' AS digest FROM log_entries WHERE codes->'texts' ? 'explanation'`,
    );
    expect(new Set(rows.map((row) => row.digest)).size).toBe(3);
    const plain = createHash('sha256').update(TEXTS.explanation).digest('hex');
    expect(rows.map((row) => row.digest)).not.toContain(plain);

    await app.pool.query(
      `INSERT INTO log_texts (owner_id, kind, site_id, text) SELECT id, 'explanation', site_id, 'Never said'
       FROM decisions WHERE action = 'approve' LIMIT 1`,
    );
    const lines: string[] = [];
    expect(await verifyLogs(client, { site: 'demo' }, (line) => lines.push(line))).toBe(true);
    expect(lines[0]).toContain('9 texts as written, 0 erased, 1 THAT NO ENTRY SPEAKS OF;');
    await app.pool.query(`DELETE FROM log_texts WHERE text = 'Never said'`);

    await app.pool.query(`DELETE FROM log_texts WHERE owner_id = ${owner}`);
    expect(await verifyLog(client, siteId)).toMatchObject({ texts: 7, erased: 2, broken: undefined });
    await app.pool.query(
      `UPDATE log_texts SET text = '', salt = NULL WHERE owner_id = (SELECT owner_id FROM log_texts WHERE kind = 'explanation' LIMIT 1)`,
    );
    expect(await verifyLog(client, siteId)).toMatchObject({ texts: 5, erased: 4, uncovered: 0, broken: undefined });
  });

  it('can not be changed by those who keep it', async () => {
    for (const sql of ['UPDATE log_chain SET n = n', 'DELETE FROM log_chain', 'TRUNCATE log_chain'])
      await expect(app.pool.query(sql)).rejects.toThrow('append-only');
  });

  it('shows an entry that says it is older than what stood there before it', async () => {
    const { rows } = await app.pool.query<{ id: string }>(`SELECT id FROM sites WHERE key = 'elsewhere'`);
    const elsewhere = rows[0]?.id ?? '';
    const before = await verifyLog(client, elsewhere);
    expect(before.broken).toBeUndefined();
    // With all triggers as they are: the relay chains it like any other.
    const forged = `INSERT INTO log_entries (id, site_id, at, actor_kind, action, subject_kind, subject_id)
                    VALUES (gen_random_uuid(), $1, clock_timestamp() - interval '2 hours', 'system', 'site.changed', 'site', $1)`;
    await app.pool.query(forged, [elsewhere]);
    await chained();
    const { broken } = await verifyLog(client, elsewhere);
    expect(broken).toEqual({ fault: 'inserted', n: before.entries + 1, entryId: expect.any(String) });
    const lines: string[] = [];
    expect(await verifyLogs(client, {}, (line) => lines.push(line))).toBe(false);
    expect(lines[1]).toMatch(
      new RegExp(`^site elsewhere: BROKEN at entry ${before.entries + 1}, ${broken?.entryId}: the entry was inserted`),
    );
  });

  it('has its head in the log and in the figures', async () => {
    const noted = await head();
    const log = await app.expect<Log>(200, '/moderation/log?site=demo&limit=1', { token: moderator.token });
    expect(log.heads).toEqual([{ site: 'demo', ...noted, at: expect.stringMatching(/Z$/) }]);
    const own = await app.expect<Log>(200, '/moderation/log?limit=1', { token: app.owner.token });
    expect(own.heads.map((one) => one.site)).toEqual(['demo', 'elsewhere']);
    const { text } = await app.page('/metrics');
    expect(text).toContain(`postil_log_head_entry{site="demo"} ${noted.n}\n`);
    expect(text).toContain(`postil_log_head_hash{site="demo"} ${parseInt(noted.hash.slice(0, 12), 16)}\n`);
    expect(text).toContain('postil_log_waiting 0\n');
  });
});
