import { ForgetNetworks } from '../../src/identity/forget-networks.js';
import { startApp, type App, type Person } from '../support/app.js';
import { recordStatements, rowsByTable } from '../support/query-plans.js';

interface Detail {
  hints: { readerId: string; site: string; same: string[] }[];
}

/** What is known of where readers come from: enough for a hint, and no address. */
describe('the networks of readers', () => {
  let app: App;
  let moderator: Person;
  let addresses = 0;

  beforeAll(async () => {
    app = await startApp({ config: { trustedProxies: ['127.0.0.1'] } });
    await app.site('elsewhere', { name: 'Elsewhere', origins: [] });
    moderator = await app.staff('moderator');
  });
  afterAll(() => app.stop());

  const newAddress = () => `81.2.69.${(addresses += 1)}`;
  const from = async (ip: string | undefined, { email, site = 'demo' }: { email?: string; site?: string } = {}) => {
    const { token, reader } = await app.expect<{ token: string; reader: { id: string } }>(
      201,
      `/sites/${site}/sessions`,
      {
        method: 'POST',
        headers: ip === undefined ? {} : { 'x-forwarded-for': ip },
        body: { displayName: 'Someone', ...(email === undefined ? {} : { email }) },
      },
    );
    return { token, id: reader.id };
  };
  const hints = async (reader: { id: string }, by = app.owner) =>
    (await app.expect<Detail>(200, `/moderation/readers/${reader.id}`, { token: by.token })).hints.map(
      ({ readerId, same }) => [readerId, same],
    );

  it('are a hint for those who may see both readers, and who has more in common comes first', async () => {
    const [ip, email] = [newAddress(), 'kim@example.org'];
    const banned = await from(ip, { email });
    const both = await from(ip, { email });
    const network = await from(ip);
    const elsewhere = await from(ip, { site: 'elsewhere' });
    await from(newAddress());
    const body = { kind: 'ban', reason: 'abuse' };
    await app.expect(201, `/moderation/readers/${banned.id}/sanctions`, {
      ...{ method: 'POST', token: app.owner.token, body },
    });
    expect(await hints(both)).toEqual([
      [banned.id, ['email', 'network']],
      [elsewhere.id, ['network']],
      [network.id, ['network']],
    ]);
    expect(await hints(both, moderator)).toEqual([
      [banned.id, ['email', 'network']],
      [network.id, ['network']],
    ]);
    // A hint, and nothing more: nobody is kept from writing by a network.
    const thread = await app.thread();
    const post = { method: 'POST', body: { body: 'Still here' } };
    expect((await app.call(`/sites/demo/threads/${thread}/comments`, { ...post, token: both.token })).status).toBe(201);
  });

  it('are those of IPv6 by their first half, and none where only a proxy is seen', async () => {
    const [one, other] = [await from('2a02:8388:1:2::1'), await from('2a02:8388:1:2:ffff::9')];
    expect(await hints(one)).toEqual([[other.id, ['network']]]);
    const [inside, also] = [await from(undefined), await from('10.0.0.7')];
    await Promise.all([from(undefined), from('10.0.0.7')]);
    expect(await hints(inside)).toEqual([]);
    expect(await hints(also)).toEqual([]);
  });

  it('are told to nobody, and stored as hashes alone', async () => {
    const ip = newAddress();
    const reader = await from(ip);
    const { text } = await app.call(`/moderation/readers/${reader.id}`, { token: app.owner.token });
    const { rows } = await app.pool.query<{ row: string; network: Buffer }>(
      'SELECT to_jsonb(s)::text AS row, network FROM reader_sessions s WHERE reader_id = $1',
      [reader.id],
    );
    expect(rows[0]?.network).toHaveLength(32);
    expect(`${text} ${rows[0]?.row}`).not.toContain(ip);
    expect(text).not.toContain(rows[0]?.network.toString('hex'));
  });

  it('are no hint after 30 days, and forgotten then', async () => {
    const ip = newAddress();
    const [old, fresh] = [await from(ip), await from(ip)];
    const age = (days: number) =>
      app.pool.query(
        `UPDATE reader_sessions SET created_at = clock_timestamp() - make_interval(days => $2) WHERE reader_id = $1`,
        [old.id, days],
      );
    const known = () => app.count('SELECT count(network) FROM reader_sessions WHERE reader_id = $1', [old.id]);
    await age(29);
    await app.node.app.get(ForgetNetworks).run();
    expect(await known()).toBe(1);
    expect(await hints(fresh)).toEqual([[old.id, ['network']]]);
    await age(31);
    expect(await hints(fresh)).toEqual([]);
    expect(await hints(old)).toEqual([]);
    await app.node.app.get(ForgetNetworks).run();
    expect(await known()).toBe(0);
  });

  it('are looked up by indexes, however many readers there are, and of a crowded one the newest alone', async () => {
    const reader = await from(newAddress(), { email: 'crowd@example.org' });
    await app.pool.query(
      `WITH made AS (
         INSERT INTO readers (id, site_id, display_name, email)
         SELECT gen_random_uuid(), r.site_id, 'One of many', 'many-' || n || '@example.org'
         FROM readers r, generate_series(1, 20000) n WHERE r.id = $1 RETURNING id, site_id, email
       )
       INSERT INTO reader_sessions (id, reader_id, site_id, expires_at, network)
       SELECT gen_random_uuid(), made.id, made.site_id, clock_timestamp() + interval '1 day',
              CASE WHEN right(split_part(made.email, '@', 1), 1) < '2' THEN s.network ELSE uuid_send(made.id) END
       FROM made, reader_sessions s WHERE s.reader_id = $1`,
      [reader.id],
    );
    await app.pool.query('VACUUM ANALYZE readers');
    await app.pool.query('VACUUM ANALYZE reader_sessions');
    const { used, stop } = recordStatements();
    expect(await hints(reader)).toHaveLength(50);
    stop();
    const alike = used.find(({ name }) => name === 'readers.alike');
    if (!alike) throw new Error('nobody asked who is alike');
    for (const mode of ['force_generic_plan', 'force_custom_plan'] as const) {
      const tables = await rowsByTable(app.pool, alike, mode);
      for (const [table, by] of tables) {
        expect([table, Object.keys(by).filter((one) => one.endsWith('Scan'))]).toEqual([table, []]);
        expect(Math.max(...Object.values(by))).toBeLessThanOrEqual(501);
      }
    }
  });
});
