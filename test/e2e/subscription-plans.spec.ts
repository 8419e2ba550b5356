import { randomUUID } from 'node:crypto';
import { ForgetAddresses } from '../../src/notifications/addresses/forget-addresses.js';
import { AddressKeys } from '../../src/notifications/addresses/address-keys.js';
import { TakeAsks } from '../../src/notifications/addresses/take-asks.js';
import type { Fact } from '../../src/notifications/telling/fact.js';
import { TellOfComment } from '../../src/notifications/telling/tell-of-comment.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { startApp, threadPath, type App } from '../support/app.js';
import { MailLinks, press } from '../support/mail-links.js';
import { recordStatements, rowsByTable } from '../support/query-plans.js';

const ADDRESSES = 50_000;
const TABLES = ['addresses', 'subscriptions', 'confirmation_mails', 'list_members', 'list_consents', 'address_asks'];
/** What may be read of a table to serve one person. */
const FEW = 40;

/** A site with a thread that everybody follows in two ways, a list that everybody is on, and mails to all of them in the last hour. */
const SEED = `
  WITH site AS (SELECT id FROM sites WHERE key = 'demo'), hot AS (SELECT id FROM threads WHERE key = $1),
  list AS (SELECT id FROM mailing_lists LIMIT 1), made AS (
    INSERT INTO addresses (id, site_id, email, email_key, confirmed_at, asked_at)
    SELECT gen_random_uuid(), site.id, 'many-' || n || '@example.org', sha256(n::text::bytea),
           CASE WHEN n % 10 > 0 THEN now() END, now() - make_interval(hours => n % 1440)
    FROM site, generate_series(1, ${ADDRESSES}) n RETURNING id, site_id, confirmed_at
  ), followed AS (
    INSERT INTO subscriptions (id, site_id, kind, thread_id, address_id, state)
    SELECT gen_random_uuid(), made.site_id, kind, hot.id, made.id, 'confirmed'
    FROM made, hot, unnest(ARRAY['thread', 'replies']) kind
  ), asked AS (
    INSERT INTO confirmation_mails (id, site_id, address_id, subject_id, network, at)
    SELECT gen_random_uuid(), site_id, id, id, sha256(id::text::bytea), now() - interval '2 hours' FROM made
  ), consented AS (
    INSERT INTO list_consents (id, site_id, list_id, address_id, kind, text_version, via, language)
    SELECT gen_random_uuid(), made.site_id, list.id, made.id, 'asked', 1, 'page', 'en' FROM made, list
  )
  INSERT INTO list_members (id, site_id, list_id, address_id, state, text_version, confirmed_at)
  SELECT gen_random_uuid(), made.site_id, list.id, made.id, 'confirmed', 1, now() FROM made, list WHERE made.confirmed_at IS NOT NULL`;

describe(`the plans at ${ADDRESSES} addresses`, () => {
  let app: App;
  let hot: string;

  beforeAll(async () => {
    app = await startApp();
    await app.expect(202, '/sites/demo/mailing-list', {
      method: 'POST',
      body: { email: 'a@example.org', consent: true },
    });
    await app.pool.query('DELETE FROM address_asks');
    hot = await app.thread();
    await app.pool.query(SEED, [hot]);
    await app.pool.query(`ANALYZE ${TABLES.join(', ')}`);
  });
  afterAll(() => app.stop());

  const session = async (email: string) => {
    const body = { displayName: 'Ada', email };
    const path = '/sites/demo/sessions';
    const { token } = await app.expect<{ token: string }>(201, path, { method: 'POST', body });
    return { token, id: '', name: 'Ada' };
  };

  it('read of what is asked for, confirmed, shown and changed no more than one person has', async () => {
    const email = `${randomUUID()}@example.org`;
    const thread = await app.thread();
    const guest = await app.guest();
    const recorded = recordStatements();
    const takeAsks = app.node.app.get(TakeAsks, { strict: false });
    const asks = [
      { path: `${threadPath(thread)}/subscriptions`, body: { kind: 'thread', email } },
      { path: '/sites/demo/mailing-list', body: { email, consent: true } },
    ];
    for (const { path, body } of asks) {
      await app.expect(202, path, { method: 'POST', body, token: path.includes('threads') ? guest.token : undefined });
      const { rows } = await app.pool.query<{ id: string }>('SELECT id FROM address_asks');
      for (const { id } of rows) await takeAsks.run({ jobId: id });
    }
    const links = new MailLinks(app);
    await press(app, await links.confirm(email));
    await press(app, await links.joinList(email));
    await app.expect(200, `${threadPath(thread)}/me`, { token: guest.token });
    const path = await links.preferences(email);
    await app.page(path);
    await press(app, path, { do: 'off' });
    recorded.stop();

    const looked = recorded.used.filter(({ text }) => TABLES.some((table) => text.includes(table)));
    expect(new Set(looked.map(({ name }) => name)).size).toBeGreaterThan(15);
    for (const statement of looked) {
      // Those that write would fail the second time, and find their rows as those that read do.
      if (/^\s*(WITH|INSERT)/.test(statement.text)) continue;
      const read = await rowsByTable(app.pool, statement, 'force_custom_plan');
      const much = TABLES.flatMap((table) => Object.values(read.get(table) ?? {})).filter((rows) => rows > FEW);
      expect([statement.name, much]).toEqual([statement.name, []]);
    }
  });

  it('find who is told of an answer by whom it answers, however many are told of others', async () => {
    await app.settings({ moderationMode: 'post' });
    const parent = await app.post(await session('MANY-7@example.org'), hot, 'A question');
    const answer = await app.post(await session('other@example.org'), hot, 'An answer', { parentId: parent.id });
    const { rows } = await app.pool.query<{ siteId: string }>(`SELECT id AS "siteId" FROM sites WHERE key = 'demo'`);
    const { siteId } = rows[0]!;
    const key = app.node.app.get(AddressKeys, { strict: false }).ofEmail(siteId, 'many-7@example.org');
    await app.pool.query(`UPDATE addresses SET email_key = $1 WHERE email = 'many-7@example.org'`, [key]);
    const tell = app.node.app.get(TellOfComment, { strict: false });
    const fact: Fact = { id: answer.id, siteId, kind: 'published', subjectId: answer.id, cursor: null, attempts: 0 };
    const recorded = recordStatements();
    await app.node.app.get(UnitOfWork, { strict: false }).run((em) => tell.run(em, fact));
    recorded.stop();

    const answers = recorded.used.find(({ name }) => name === 'audience.answers')!;
    for (const mode of ['force_generic_plan', 'force_custom_plan'] as const) {
      const read = await rowsByTable(app.pool, answers, mode);
      const all = TABLES.flatMap((table) => Object.values(read.get(table) ?? {}));
      expect([mode, Math.max(...all)]).toEqual([mode, 1]);
    }
    const replies = `SELECT count(*) FROM notifications n JOIN addresses a ON a.id = n.address_id WHERE n.kind = 'reply'`;
    expect(await app.count(replies)).toBe(1);
    expect(await app.count(`${replies} AND a.email = 'many-7@example.org'`)).toBe(1);
  });

  it('forget addresses by the index of those that nobody confirmed', async () => {
    const waiting = 'SELECT count(*) FROM addresses WHERE confirmed_at IS NULL';
    const late = await app.count(`${waiting} AND asked_at < now() - interval '30 days'`);
    const all = await app.count(waiting);
    expect(late).toBeGreaterThan(2_000);
    const recorded = recordStatements();
    await app.node.app.get(ForgetAddresses, { strict: false }).run();
    recorded.stop();
    const forget = recorded.used.find(({ name }) => name === 'addresses.forget');
    const read = forget && (await rowsByTable(app.pool, forget, 'force_custom_plan'));
    expect(Object.keys(read?.get('addresses') ?? {})).not.toContain('Seq Scan');
    expect(await app.count(waiting)).toBe(all - late);
  });
});
