import { FactReaders } from '../../src/platform/stream/fact-readers.js';
import { PAGE_ORIGIN, startApp, threadPath, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';
import { lookedInto, MailLinks, press } from '../support/mail-links.js';

interface List {
  key: string;
  name: string;
  text: string;
  textVersion: number;
  default: boolean;
  closed: boolean;
  members?: { pending: number; confirmed: number; withdrawn: number };
}

describe('mailing lists', () => {
  let app: App;
  let links: MailLinks;
  let people = 0;

  beforeAll(async () => {
    app = await startApp({ jobs: true });
    links = new MailLinks(app);
  });
  afterAll(() => app.stop());

  const newEmail = () => `reader-${(people += 1)}@example.org`;
  const box = (body: Record<string, unknown>, headers: Record<string, string> = {}, site = 'demo') =>
    app.call<ProblemBody>(`/sites/${site}/mailing-list`, { method: 'POST', body: { consent: true, ...body }, headers });
  const join = async (email: string, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) => {
    expect(await box({ email, ...more }, headers)).toMatchObject({ status: 202, body: { accepted: true } });
    await lookedInto(app);
  };
  const joined = async (email: string, more: Record<string, unknown> = {}) => {
    await join(email, more);
    await press(app, await links.joinList(email));
  };
  const save = (key: string, body: Record<string, unknown>, who: Person = app.owner, site = 'demo') =>
    app.call<List & ProblemBody>(`/sites/${site}/mailing-lists/${key}`, { method: 'PUT', token: who.token, body });
  const take = (key: string, who?: Person, site = 'demo') =>
    app.call<ProblemBody>(`/sites/${site}/mailing-lists/${key}/exports`, { method: 'POST', token: who?.token });
  const consentsOf = async (email: string) => {
    const { rows } = await app.pool.query<Record<string, unknown>>(
      `SELECT c.kind, c.text_version AS version, c.via, c.page, c.language, length(n.network) AS network
       FROM list_consents c LEFT JOIN list_consent_networks n ON n.consent_id = c.id
       WHERE c.address_id = $1 ORDER BY c.at, c.id`,
      [(await links.address(email)).id],
    );
    return rows;
  };

  it('begin with a newsletter, whose text is the one that is consented to', async () => {
    const { items } = await app.expect<{ items: List[] }>(200, '/sites/demo/mailing-lists');
    expect(items).toMatchObject([{ key: 'newsletter', textVersion: 1, default: true, closed: false }]);
    expect(items[0]?.text).toContain('Subscribe to our mailing list');
    expect(items[0]?.members).toBeUndefined();
  });

  it('take an address when its owner has said so twice, and keep the proof', async () => {
    const email = newEmail();
    const headers = {
      origin: PAGE_ORIGIN,
      referer: `${PAGE_ORIGIN}/2026/bridge?reader=7#box`,
      'accept-language': 'de',
    };
    await join(email, {}, headers);
    const asked = {
      kind: 'asked',
      version: 1,
      via: 'page',
      page: `${PAGE_ORIGIN}/2026/bridge`,
      language: 'de',
      network: 32,
    };
    expect(await consentsOf(email)).toEqual([asked]);
    // Once more proves nothing more.
    await join(email, {}, headers);
    expect(await consentsOf(email)).toEqual([asked]);

    const path = await links.joinList(email);
    const page = await app.page(path);
    expect(page.text).toContain('Subscribe to our mailing list and get interesting stuff');
    expect(await consentsOf(email)).toHaveLength(1);
    const done = await press(app, path);
    expect(done.text).toContain('Danke für Ihr Abonnement');
    await press(app, path);
    const confirmed = { kind: 'confirmed', version: 1, via: 'mail', page: null, language: 'de', network: 32 };
    expect(await consentsOf(email)).toEqual([asked, confirmed]);
    await join(email);
    expect(await consentsOf(email)).toHaveLength(2);
    await expect(app.pool.query(`UPDATE list_consents SET kind = 'asked'`)).rejects.toThrow('append-only');
    await expect(app.pool.query('DELETE FROM list_consents')).rejects.toThrow('append-only');
    await expect(app.pool.query('TRUNCATE list_consents')).rejects.toThrow('append-only');
  });

  it('have nothing to do with subscriptions, nor these with them', async () => {
    const [onList, subscribed] = [newEmail(), newEmail()];
    const thread = await app.thread();
    for (const email of [onList, subscribed]) {
      await app.expect(202, `${threadPath(thread)}/subscriptions`, { method: 'POST', body: { kind: 'thread', email } });
      await join(email);
    }
    await press(app, await links.joinList(onList));
    await press(app, await links.confirm(subscribed));
    const states = async (email: string) => {
      const { id } = await links.address(email);
      const { rows } = await app.pool.query<{ state: string }>(
        `SELECT 'subscription ' || state AS state FROM subscriptions WHERE address_id = $1
         UNION ALL SELECT 'list ' || state FROM list_members WHERE address_id = $1 ORDER BY 1`,
        [id],
      );
      return rows.map(({ state }) => state);
    };
    expect(await states(onList)).toEqual(['list confirmed', 'subscription pending']);
    expect(await states(subscribed)).toEqual(['list pending', 'subscription confirmed']);
    await press(app, await links.preferences(subscribed), { do: 'off' });
    expect(await states(subscribed)).toEqual(['list withdrawn', 'subscription ended']);
    expect((await app.page(await links.joinList(subscribed))).text).toContain('Nothing waits for you to confirm it.');
    await press(app, await links.joinList(subscribed));
    expect(await states(subscribed)).toEqual(['list withdrawn', 'subscription ended']);
  });

  it('tell those who hand addresses on what was confirmed and withdrawn', async () => {
    const email = newEmail();
    await join(email);
    const path = await links.joinList(email);
    const { id } = await links.address(email);
    const topics = await app.withoutRelay(async () => {
      await press(app, path);
      await press(app, path);
      await press(app, await links.preferences(email), { do: 'off' });
      const { rows } = await app.pool.query<{ topic: string; data: unknown }>(
        'SELECT topic, data FROM outbox ORDER BY id',
      );
      return rows;
    });
    expect(topics.map(({ topic }) => topic)).toEqual(['list.confirmed', 'list.withdrawn']);
    expect(topics[0]?.data).toMatchObject({ addressId: id });
    await app.settled();
  });

  it('hand over who is confirmed at the moment of telling, with the proof, and who left', async () => {
    const facts = app.node.app.get(FactReaders, { strict: false });
    const email = newEmail();
    await join(email);
    const { rows } = await app.pool.query<{ id: string }>('SELECT id FROM list_members WHERE address_id = $1', [
      (await links.address(email)).id,
    ]);
    const subject = { siteId: '', subjectId: rows[0]?.id ?? '', data: {} };
    const told = async () => [await facts.read('list.confirmed', subject), await facts.read('list.withdrawn', subject)];
    expect(await told()).toEqual([undefined, undefined]);
    await press(app, await links.joinList(email));
    const consent = { text: expect.stringContaining('Subscribe to our mailing list') as string, textVersion: 1 };
    const handed = { list: 'newsletter', memberId: subject.subjectId, email };
    const here = await told();
    expect(here[0]).toMatchObject({ ...handed, consent });
    expect(here[1]).toBeUndefined();
    await press(app, await links.preferences(email), { do: 'never' });
    const gone = await told();
    expect(gone[0]).toBeUndefined();
    expect(gone[1]).toMatchObject({ ...handed, email: null });
  });

  it('have versions of their text, and know which one was shown', async () => {
    expect(await save('weekly', {})).toMatchObject({ status: 422, body: { errors: [{ pointer: '/name' }] } });
    expect(await save('weekly', { name: 'Weekly' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/text' }] },
    });
    const made = await save('weekly', { name: 'Weekly', text: 'One mail a week.' });
    const none = { pending: 0, confirmed: 0, withdrawn: 0 };
    expect(made).toMatchObject({ status: 200, body: { textVersion: 1, default: false, members: none } });
    expect((await save('weekly', { text: 'Two mails a week.' })).body.textVersion).toBe(2);
    expect((await save('weekly', { description: 'News' })).body.textVersion).toBe(2);
    const [first, second] = [newEmail(), newEmail()];
    await join(first, { list: 'weekly', textVersion: 1 });
    await join(second, { list: 'weekly' });
    expect((await consentsOf(first)).map(({ version }) => version)).toEqual([1]);
    expect((await consentsOf(second)).map(({ version }) => version)).toEqual([2]);
    expect((await app.page(await links.joinList(first))).text).toContain('One mail a week.');
    expect(await box({ email: first, list: 'weekly', textVersion: 3 })).toMatchObject({ status: 422 });
    const read = await app.expect<List>(200, '/sites/demo/mailing-lists/weekly', { token: app.owner.token });
    expect(read.members).toEqual({ pending: 2, confirmed: 0, withdrawn: 0 });
    const log = await app.pool.query<{ action: string }>(
      `SELECT action FROM log_entries WHERE subject_kind = 'mailing-list' ORDER BY at`,
    );
    expect(log.rows.map(({ action }) => action)).toEqual([
      'mailing-list.created',
      'mailing-list.changed',
      'mailing-list.changed',
    ]);
  });

  it('are one default and any others, and take nobody when they are closed', async () => {
    await app.site('lists', { name: 'Lists', origins: [] });
    expect((await save('daily', { name: 'Daily', text: 'Each day.' }, app.owner, 'lists')).body.default).toBe(true);
    await Promise.all(
      ['a', 'b', 'c'].map((key) => save(key, { name: key, text: 'Text.', default: true }, app.owner, 'lists')),
    );
    const { items } = await app.expect<{ items: List[] }>(200, '/sites/lists/mailing-lists');
    expect(items.map((list) => list.default)).toEqual([true, false, false, false]);
    expect(await save('a', { default: false }, app.owner, 'lists')).toMatchObject({ status: 422 });
    for (const key of ['A', 'a b', 'ä', 'x'.repeat(61)]) {
      expect((await save(encodeURIComponent(key), { name: 'x', text: 'x' }, app.owner, 'lists')).status).toBe(422);
    }
    await save('b', { closed: true }, app.owner, 'lists');
    const email = newEmail();
    expect((await box({ email, list: 'b' }, {}, 'lists')).body.code).toBe('list-closed');
    expect((await box({ email, list: 'none' }, {}, 'lists')).body.code).toBe('list-not-found');
    expect((await box({ email }, {}, 'lists')).status).toBe(202);
    await lookedInto(app);
  });

  it('say what is wrong with what they are sent', async () => {
    const wrong = async (body: Record<string, unknown>) => {
      const answer = await box(body);
      return [answer.status, ...(answer.body.errors ?? []).map(({ pointer }) => pointer)].join(' ');
    };
    expect(await wrong({})).toBe('422 /email');
    expect(await wrong({ email: 'no' })).toBe('422 /email');
    for (const consent of [false, 'true', 1, null]) {
      expect(await wrong({ email: newEmail(), consent })).toBe('422 /consent');
    }
    expect((await box({ email: newEmail() }, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await box({ email: newEmail() }, {}, 'no-such-site')).status).toBe(404);
  });

  it('are changed and taken by admins and owners of their site alone', async () => {
    await app.site('other', { name: 'Other', origins: [] });
    const reader = await app.guest();
    const matrix = [
      { who: 'nobody', person: undefined, status: 401 },
      { who: 'a reader', person: reader, status: 401 },
      { who: 'a moderator', person: await app.staff('moderator'), status: 403 },
      { who: 'an admin', person: await app.staff('admin'), status: 200 },
      { who: 'an owner', person: app.owner, status: 200 },
      { who: 'an admin elsewhere', person: await app.staff('admin', 'other'), status: 404 },
    ];
    for (const { who, person, status } of matrix) {
      const token = person?.token;
      const put = await app.call(`/sites/demo/mailing-lists/newsletter`, {
        method: 'PUT',
        token,
        body: { closed: false },
      });
      const read = await app.call(`/sites/demo/mailing-lists/newsletter`, { token });
      const taken = await take('newsletter', person);
      expect([who, put.status, read.status, taken.status]).toEqual([who, status, status, status]);
    }
    expect((await take('none', app.owner)).status).toBe(404);
  });

  it('are taken as CSV: confirmed addresses, no formulas, all of many, with an entry in the log', async () => {
    await save('export', { name: 'Export', text: 'Text.' });
    const more = { list: 'export' };
    const dangerous = '=cmd|calc@example.org';
    await joined(dangerous, more);
    await joined('plain@example.org', more);
    const [pending, gone] = [newEmail(), newEmail()];
    await join(pending, more);
    await joined(gone, more);
    await press(app, await links.preferences(gone), { do: 'off' });
    const blocked = newEmail();
    await joined(blocked, more);
    await app.pool.query(`UPDATE addresses SET suppressed_at = now(), suppressed_reason = 'bounce' WHERE id = $1`, [
      (await links.address(blocked)).id,
    ]);
    const answer = await take('export', app.owner);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const lines = answer.text.split('\r\n');
    expect(lines[0]).toBe('email,language,asked_at,confirmed_at,consent_version,page');
    expect(lines.slice(1, -1).map((line) => line.split(',')[0])).toEqual([`'${dangerous}`, 'plain@example.org']);

    await app.pool.query(
      `WITH made AS (
         INSERT INTO addresses (id, site_id, email, email_key)
         SELECT gen_random_uuid(), site_id, 'many-' || n || '@example.org', sha256(n::text::bytea)
         FROM mailing_lists, generate_series(1, 2500) n WHERE key = 'export' RETURNING id, site_id
       )
       INSERT INTO list_members (id, site_id, list_id, address_id, state, text_version, confirmed_at)
       SELECT gen_random_uuid(), made.site_id, l.id, made.id, 'confirmed', 1, now()
       FROM made, mailing_lists l WHERE l.key = 'export'`,
    );
    const all = (await take('export', app.owner)).text.split('\r\n').slice(1, -1);
    expect(new Set(all.map((line) => line.split(',')[0])).size).toBe(2_502);
    expect(
      await app.count(
        `SELECT count(*) FROM log_entries WHERE action = 'mailing-list.exported' AND actor_id = $1
      AND subject_id = (SELECT id FROM mailing_lists WHERE key = 'export')`,
        [app.owner.id],
      ),
    ).toBe(2);
  });
});
