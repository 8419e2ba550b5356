import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { ForgetAddresses } from '../../src/notifications/addresses/forget-addresses.js';
import { TakeAsks } from '../../src/notifications/addresses/take-asks.js';
import { PAGE_ORIGIN, startApp, startTwoNodes, threadPath, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';
import { linksIn, lookedInto, MailLinks, press } from '../support/mail-links.js';
import { mailsAreOut } from '../support/mailbox.js';
import { until } from '../support/until.js';

interface Subscription {
  id: string;
  kind: string;
  commentId: string | null;
  state: string;
}

interface Kept {
  subject: string;
  text: string;
  html: string;
}

/** What an address's owner wants, as it stands in the database. */
const STATE = `
  SELECT json_build_object(
    'addresses', (SELECT json_agg(a ORDER BY a.id) FROM addresses a),
    'subscriptions', (SELECT json_agg(s ORDER BY s.id) FROM subscriptions s),
    'members', (SELECT json_agg(m ORDER BY m.id) FROM list_members m),
    'consents', (SELECT json_agg(c ORDER BY c.id) FROM list_consents c),
    'log', (SELECT count(*) FROM log_entries),
    'asks', (SELECT count(*) FROM address_asks)
  )::text AS state`;

describe('subscriptions', () => {
  let app: App;
  let links: MailLinks;
  let people = 0;

  beforeAll(async () => {
    app = await startApp({ jobs: true });
    links = new MailLinks(app);
  });
  afterAll(() => app.stop());

  const newEmail = () => `reader-${(people += 1)}@example.org`;
  const stateOf = async () => (await app.pool.query<{ state: string }>(STATE)).rows[0]?.state;
  const ask = async (thread: string, body: Record<string, unknown>, who?: Person) => {
    const call = { method: 'POST', body, token: who?.token };
    expect(await app.expect(202, `${threadPath(thread)}/subscriptions`, call)).toEqual({ accepted: true });
    await lookedInto(app);
  };
  const mine = async (thread: string, who: Person) =>
    (await app.expect<{ subscriptions: Subscription[] }>(200, `${threadPath(thread)}/me`, { token: who.token }))
      .subscriptions;
  const rowsOf = async (email: string) => {
    const { rows } = await app.pool.query<{ id: string; kind: string; state: string; ended_by: string | null }>(
      'SELECT id, kind, state, ended_by FROM subscriptions WHERE address_id = $1 ORDER BY id',
      [(await links.address(email)).id],
    );
    return rows;
  };
  const statesOf = async (email: string) => (await rowsOf(email)).map(({ kind, state }) => `${kind} ${state}`);
  const asked = async (email: string) =>
    app.count(`SELECT count(*) FROM mails WHERE address_id = $1 AND kind = 'confirm-address'`, [
      (await links.address(email)).id,
    ]);
  const mailsTo = async (email: string) =>
    (await app.pool.query<Kept>('SELECT subject, text, html FROM kept_mails WHERE recipient = $1 ORDER BY at', [email]))
      .rows;

  it('begin when the address is confirmed, all that wait by one mail, and later ones without another', async () => {
    const [first, second, third] = [await app.thread(), await app.thread(), await app.thread()];
    const email = newEmail();
    await ask(first, { kind: 'thread', email });
    await ask(second, { kind: 'thread', email: email.toUpperCase() });
    await ask(first, { kind: 'replies', email });
    expect(await statesOf(email)).toEqual(['thread pending', 'thread pending', 'replies pending']);
    expect(await asked(email)).toBe(1);

    const page = await press(app, await links.confirm(email));
    expect(page.status).toBe(200);
    expect(page.text).toContain(`New comments on “Article ${first}”`);
    expect(page.text).toContain(`New comments on “Article ${second}”`);
    expect(await statesOf(email)).toEqual(['thread confirmed', 'thread confirmed', 'replies confirmed']);

    await ask(third, { kind: 'thread', email });
    expect(await statesOf(email)).toContain('thread confirmed');
    expect((await rowsOf(email)).filter(({ state }) => state === 'pending')).toEqual([]);
    expect(await asked(email)).toBe(1);
    expect(
      await app.count(`SELECT count(*) FROM log_entries WHERE action = 'address.confirmed' AND subject_id = $1`, [
        (await links.address(email)).id,
      ]),
    ).toBe(1);
  });

  it('ask by a mail whose links do nothing when they are only opened', async () => {
    const thread = await app.thread({ title: 'Bridges & <b>tunnels</b>' });
    const email = newEmail();
    await ask(thread, { kind: 'thread', email });
    await app.expect(202, '/sites/demo/mailing-list', { method: 'POST', body: { email, consent: true } });
    await lookedInto(app);
    await until(async () => (await mailsTo(email)).length === 2, 'two mails to be sent');
    const mails = await mailsTo(email);
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      'Please confirm your address · Postil demo',
      'Please confirm: “Newsletter” · Postil demo',
    ]);
    const [confirmation] = mails.filter(({ subject }) => subject.includes('address'));
    expect(confirmation?.text).toContain('New comments on “Bridges & <b>tunnels</b>”');
    expect(confirmation?.html).not.toContain('<b>tunnels</b>');

    const paths = [...new Set(mails.flatMap(({ text, html }) => [...linksIn(text), ...linksIn(html)]))];
    expect(paths.map((path) => path.split('/')[1]).sort()).toEqual(['confirm', 'confirm', 'preferences']);
    const before = await stateOf();
    for (const path of paths) {
      for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) {
        for (const cookie of ['', 'postil_staff=x; other=1']) {
          const headers = { cookie, 'sec-purpose': 'prefetch' };
          expect((await app.page(path, { method, headers })).status).toBe(200);
        }
      }
    }
    expect(await stateOf()).toBe(before);
    const confirm = linksIn(confirmation?.text ?? '').find((path) => path.startsWith('/confirm/')) ?? '';
    expect((await press(app, confirm)).text).toContain('Bridges &amp; &lt;b&gt;tunnels&lt;/b&gt;');
    expect(await statesOf(email)).toEqual(['thread confirmed']);
    expect((await press(app, confirm)).status).toBe(200);
  });

  it('ask about a thread that only a stranger stands for by the address of its page, and about few of many', async () => {
    const email = newEmail();
    const made = async (n: number) => {
      const body = { key: `made-${n}`, url: `${PAGE_ORIGIN}/made-${n}?won=1#x`, title: `You won ${n}: evil.example` };
      await app.expect(201, '/sites/demo/threads', { method: 'POST', body });
      await ask(body.key, { kind: 'thread', email });
    };
    for (let n = 0; n < 23; n++) await made(n);
    const waits = async () => (await app.page(await links.confirm(email))).text;
    const text = await waits();
    expect(text).toContain(`New comments on “${PAGE_ORIGIN}/made-0”`);
    expect(text).not.toContain('evil.example');
    expect(text.match(/New comments on/g)).toHaveLength(20);
    expect(text).toContain('And 3 more.');
    await until(async () => (await mailsTo(email)).length === 1, 'the mail to be sent');
    expect(JSON.stringify(await mailsTo(email))).not.toContain('evil.example');
    // Staff that change the thread have seen its title; a comment that is public was let through there.
    await app.thread({ title: 'The bridge' }, 'made-0');
    await app.settings({ moderationMode: 'post' });
    await app.post(await app.guest(), 'made-1', 'A word.');
    await app.settings({ moderationMode: 'pre' });
    await app.settled();
    expect(await waits()).toContain('New comments on “The bridge”');
    expect(await waits()).toContain('New comments on “You won 1: evil.example”');
    await press(app, await links.confirm(email));
    expect(new Set(await statesOf(email))).toEqual(new Set(['thread confirmed']));
  });

  it('are begun anew by a confirmation where the owner has ended them', async () => {
    const thread = await app.thread();
    const email = newEmail();
    await ask(thread, { kind: 'thread', email });
    await press(app, await links.confirm(email));
    const [only] = await rowsOf(email);
    await press(app, await links.unsubscribe(email, only?.id ?? ''));
    expect(await statesOf(email)).toEqual(['thread ended']);
    await app.pool.query(`UPDATE confirmation_mails SET at = at - interval '11 minutes'`);
    await ask(thread, { kind: 'thread', email });
    expect(await statesOf(email)).toEqual(['thread pending']);
    expect(await asked(email)).toBe(2);
    // However often strangers ask, by whatever session, and also when what waited is forgotten.
    await ask(thread, { kind: 'thread', email });
    await ask(thread, { kind: 'thread', email }, await app.guest('Eve'));
    expect(await statesOf(email)).toEqual(['thread pending', 'thread pending']);
    await app.pool.query(`UPDATE subscriptions SET created_at = created_at - interval '31 days'`);
    await app.node.app.get(ForgetAddresses, { strict: false }).run();
    expect(await statesOf(email)).toEqual(['thread ended']);
    expect((await app.page(await links.unsubscribe(email, only?.id ?? ''))).status).toBe(200);
    await ask(thread, { kind: 'thread', email });
    expect(await statesOf(email)).toEqual(['thread pending']);
    await press(app, await links.confirm(email));
    expect(await statesOf(email)).toEqual(['thread confirmed']);
  });

  it('wait for a confirmation once the owner has ended all of them, and where the owner’s own session ended one', async () => {
    const [thread, other] = [await app.thread(), await app.thread()];
    const email = newEmail();
    await ask(thread, { kind: 'thread', email });
    await press(app, await links.confirm(email));
    await press(app, await links.preferences(email), { do: 'off' });
    await ask(other, { kind: 'thread', email });
    expect(await statesOf(email)).toEqual(['thread ended', 'thread pending']);

    const mail = newEmail();
    const session = { method: 'POST', body: { displayName: 'Ada', email: mail } };
    const { token, reader } = await app.expect<{ token: string; reader: { id: string } }>(
      201,
      '/sites/demo/sessions',
      session,
    );
    const ada = { token, id: reader.id, name: 'Ada' };
    for (const one of [thread, other]) await ask(one, { kind: 'thread' }, ada);
    await press(app, await links.confirm(mail));
    const [own] = await mine(thread, ada);
    await app.expect(204, `/subscriptions/${own?.id}`, { method: 'DELETE', token });
    await ask(thread, { kind: 'thread', email: mail });
    expect(await statesOf(mail)).toEqual(['thread ended', 'thread confirmed', 'thread pending']);
    await ask(thread, { kind: 'thread' }, ada);
    expect(await statesOf(mail)).toEqual(['thread confirmed', 'thread confirmed', 'thread pending']);
  });

  it('are asked about no more than so often', async () => {
    const email = newEmail();
    for (let n = 0; n < 8; n++) {
      await ask(await app.thread(), { kind: 'thread', email });
      await app.pool.query(`UPDATE confirmation_mails SET at = at - interval '11 minutes'`);
    }
    expect(await asked(email)).toBe(5);
    expect(await statesOf(email)).toHaveLength(8);
  });

  it('of a reader without an address are for the inbox, at once, and ended by that reader alone', async () => {
    const thread = await app.thread();
    const [ada, eve] = [await app.guest('Ada'), await app.guest('Eve')];
    await ask(thread, { kind: 'replies' }, ada);
    const [subscription] = await mine(thread, ada);
    expect(subscription).toMatchObject({ kind: 'replies', commentId: null, state: 'confirmed' });
    expect(await mine(thread, eve)).toEqual([]);
    const path = `/subscriptions/${subscription?.id}`;
    expect((await app.call(path, { method: 'DELETE' })).status).toBe(401);
    expect((await app.call(path, { method: 'DELETE', token: eve.token })).status).toBe(404);
    expect((await app.call(path, { method: 'DELETE', token: app.owner.token })).status).toBe(401);
    expect((await app.call(`/subscriptions/${randomUUID()}`, { method: 'DELETE', token: ada.token })).status).toBe(404);
    expect((await app.call(path, { method: 'DELETE', token: ada.token })).status).toBe(204);
    expect((await app.call(path, { method: 'DELETE', token: ada.token })).status).toBe(204);
    expect(await mine(thread, ada)).toEqual([]);
    await ask(thread, { kind: 'replies' }, ada);
    expect(await mine(thread, ada)).toHaveLength(1);
  });

  it('tell whoever asked in the name of an address nothing of it, unless it is proved to be theirs', async () => {
    const [known, unknown, blocked] = [newEmail(), newEmail(), newEmail()];
    const before = await app.thread();
    for (const email of [known, blocked]) {
      await ask(before, { kind: 'thread', email });
      await press(app, await links.confirm(email));
    }
    await press(app, await links.preferences(blocked), { do: 'never' });
    const thread = await app.thread();
    const seen = [];
    for (const email of [known, unknown, blocked]) {
      const eve = await app.guest('Eve');
      await ask(thread, { kind: 'thread', email }, eve);
      seen.push((await mine(thread, eve)).map(({ id: _id, ...rest }) => rest));
    }
    expect(seen[0]).toEqual([{ kind: 'thread', commentId: null, state: 'pending' }]);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);

    // Ada's session was begun with an address, and she reads what goes there.
    const email = newEmail();
    const { token, reader } = await app.expect<{ token: string; reader: { id: string } }>(201, '/sites/demo/sessions', {
      method: 'POST',
      body: { displayName: 'Ada', email },
    });
    const ada = { token, id: reader.id, name: 'Ada' };
    await ask(thread, { kind: 'thread' }, ada);
    expect(await mine(thread, ada)).toMatchObject([{ state: 'pending' }]);
    await press(app, await links.confirm(email));
    expect(await mine(thread, ada)).toMatchObject([{ state: 'confirmed' }]);
    await ask(thread, { kind: 'replies' }, ada);
    expect((await mine(thread, ada)).map(({ state }) => state)).toEqual(['confirmed', 'confirmed']);
  });

  it('are asked for while posting, and by the same post again', async () => {
    const thread = await app.thread();
    const email = newEmail();
    const ada = await app.guest();
    const post = { method: 'POST', token: ada.token, headers: { 'idempotency-key': 'once' } };
    const path = `${threadPath(thread)}/comments`;
    const body = { body: 'Tell me more.', notify: 'comment', notifyEmail: email };
    const { id } = await app.expect<{ id: string }>(201, path, { ...post, body });
    expect((await app.expect<{ id: string }>(201, path, { ...post, body })).id).toBe(id);
    await lookedInto(app);
    expect(await mine(thread, ada)).toMatchObject([{ kind: 'comment', commentId: id, state: 'pending' }]);
    expect(await asked(email)).toBe(1);
    await app.expect(201, path, { method: 'POST', token: ada.token, body: { body: 'And more.', notify: 'none' } });
    await app.expect(201, path, { method: 'POST', token: ada.token, body: { body: 'Even more.', notify: 'thread' } });
    await lookedInto(app);
    expect((await mine(thread, ada)).map(({ kind }) => kind)).toEqual(['comment', 'thread']);
    const wrong = await app.call<ProblemBody>(path, {
      method: 'POST',
      token: ada.token,
      body: { body: 'No.', notify: 'always', notifyEmail: 'a,b@example.org' },
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors?.map(({ pointer }) => pointer).sort()).toEqual(['/notify', '/notifyEmail']);
  });

  it('to answers, asked for without a session, are about what sessions with that address wrote', async () => {
    const thread = await app.thread({ moderationMode: 'post' });
    const email = newEmail();
    const { token, reader } = await app.expect<{ token: string; reader: { id: string } }>(201, '/sites/demo/sessions', {
      method: 'POST',
      body: { displayName: 'Ada', email: email.toUpperCase() },
    });
    await ask(thread, { kind: 'replies', email });
    await press(app, await links.confirm(email));
    const mine = await app.post({ token, id: reader.id, name: 'Ada' }, thread, 'Who has seen the bridge?');
    const other = await app.post(await app.guest('Bob'), thread, 'Which tunnel is that?');
    await app.post(await app.guest('Bob'), thread, 'Not an answer to Ada.', { parentId: other.id });
    await app.post(await app.guest('Bob'), thread, 'I saw it.', { parentId: mine.id });
    await mailsAreOut(app);
    // It waits for more of the same; the clock goes on.
    await app.pool.query(`UPDATE mails SET next_at = next_at - interval '1 hour' WHERE state = 'queued'`);
    await mailsAreOut(app);
    const told = (await mailsTo(email)).map(({ text }) => text).filter((text) => text.includes('/unsubscribe/'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('I saw it.');
    expect(told[0]).not.toContain('Not an answer');
    const stop = linksIn(told[0] ?? '').find((path) => path.startsWith('/unsubscribe/')) ?? '';
    expect((await app.page(stop, { method: 'POST', rawBody: 'List-Unsubscribe=One-Click' })).status).toBe(200);
    expect(await statesOf(email)).toEqual(['replies ended']);
  });

  it('say what is wrong with them', async () => {
    const thread = await app.thread();
    const elsewhere = await app.post(await app.guest(), await app.thread(), 'elsewhere');
    const problem = async (body: object, token?: string) => {
      const call = { method: 'POST', body, token };
      const answer = await app.call<ProblemBody>(`${threadPath(thread)}/subscriptions`, call);
      return [answer.status, answer.body.code, ...(answer.body.errors ?? []).map(({ pointer }) => pointer)].join(' ');
    };
    const email = newEmail();
    expect(await problem({ kind: 'thread' })).toBe('422 validation /email');
    expect(await problem({ kind: 'all', email })).toBe('422 validation /kind');
    for (const wrong of ['', 'ada', 'a b@example.org', 'ada@', 'ada@-x.org', 'a@b@c', 'x\r\nBcc: y@example.org', 7]) {
      expect([wrong, await problem({ kind: 'thread', email: wrong })]).toEqual([wrong, '422 validation /email']);
    }
    expect(await problem({ kind: 'comment', email })).toBe('422 validation /commentId');
    expect(await problem({ kind: 'thread', email, commentId: elsewhere.id })).toBe('422 validation /commentId');
    expect(await problem({ kind: 'comment', email, commentId: elsewhere.id })).toBe('422 comment-not-found /commentId');
    expect(await problem({ kind: 'thread', email }, 'pr_no')).toBe('401 invalid-token');
    const call = { method: 'POST', body: { kind: 'thread', email } };
    expect((await app.call(`${threadPath('no-such-thread')}/subscriptions`, call)).status).toBe(404);
    const foreign = { ...call, headers: { origin: 'https://elsewhere.example' } };
    expect((await app.call(`${threadPath(thread)}/subscriptions`, foreign)).status).toBe(403);
    const own = { ...call, headers: { origin: PAGE_ORIGIN } };
    expect((await app.call(`${threadPath(thread)}/subscriptions`, own)).status).toBe(202);
    await lookedInto(app);
  });

  it('that were left by a job that is lost are looked into all the same, and a broken one stops no other', async () => {
    const thread = await app.thread();
    const [email, broken] = [newEmail(), randomUUID()];
    await app.pool.query(
      `INSERT INTO address_asks (id, site_id, kind, email, language, network, data, at)
       SELECT n.id, t.site_id, 'subscription', $1, 'en', '\\x00', json_build_object('kind', n.kind, 'threadId', t.id),
              now() - interval '2 minutes'
       FROM threads t, (VALUES ($2::uuid, 'no such kind'), ($3::uuid, 'thread')) AS n(id, kind) WHERE t.key = $4`,
      [email, broken, randomUUID(), thread],
    );
    await app.node.app.get(TakeAsks, { strict: false }).run(null);
    expect(await statesOf(email)).toEqual(['thread pending']);
    expect((await app.pool.query('DELETE FROM address_asks RETURNING id')).rows).toEqual([{ id: broken }]);
  });

  it('are forgotten with an address that nobody confirms', async () => {
    const thread = await app.thread();
    const [confirmed, waiting, late] = [newEmail(), newEmail(), newEmail()];
    for (const email of [confirmed, waiting, late]) await ask(thread, { kind: 'thread', email });
    await press(app, await links.confirm(confirmed));
    const old = [(await links.address(confirmed)).id, (await links.address(late)).id];
    await app.pool.query(`UPDATE addresses SET asked_at = asked_at - interval '31 days' WHERE id = ANY($1)`, [old]);
    await app.node.app.get(ForgetAddresses, { strict: false }).run();
    expect(await statesOf(confirmed)).toEqual(['thread confirmed']);
    expect(await statesOf(waiting)).toEqual(['thread pending']);
    await expect(links.address(late)).rejects.toThrow('not stored');
    expect(await app.count('SELECT count(*) FROM subscriptions WHERE address_id = $1', [old[1]])).toBe(0);
  });

  it('are forgotten, and shown no more, when they have waited too long, also at an address that was confirmed', async () => {
    const thread = await app.thread();
    const [known, unknown] = [newEmail(), newEmail()];
    await ask(await app.thread(), { kind: 'thread', email: known });
    await press(app, await links.confirm(known));
    const eves = [await app.guest('Eve'), await app.guest('Eve')] as const;
    const asks = async () => {
      await ask(thread, { kind: 'thread', email: known }, eves[0]);
      await ask(thread, { kind: 'thread', email: unknown }, eves[1]);
    };
    const shown = async () => [(await mine(thread, eves[0])).length, (await mine(thread, eves[1])).length];
    const days = (count: number) =>
      app.pool.query(
        `UPDATE subscriptions SET created_at = created_at - make_interval(days => $1) WHERE reader_id = ANY($2)`,
        [count, eves.map(({ id }) => id)],
      );
    await asks();
    await days(20);
    await asks();
    await days(20);
    expect(await shown()).toEqual([1, 1]);
    await days(20);
    expect(await shown()).toEqual([0, 0]);
    await app.node.app.get(ForgetAddresses, { strict: false }).run();
    expect(await statesOf(unknown)).toEqual([]);
    expect(await statesOf(known)).toEqual(['thread confirmed', 'thread confirmed']);
  });
});

describe('asking at the same time', () => {
  it('makes one address and one mail, on whichever node', async () => {
    const [first, second] = await startTwoNodes({ jobs: true });
    try {
      const threads = [await first.thread(), await first.thread(), await first.thread()];
      const asks = Array.from({ length: 24 }, (_, n) =>
        (n % 2 ? first : second).expect(202, `${threadPath(threads[n % 3] ?? '')}/subscriptions`, {
          method: 'POST',
          body: { kind: 'thread', email: n % 4 ? 'ada@example.org' : 'Ada@Example.ORG' },
        }),
      );
      await Promise.all(asks);
      await lookedInto(first);
      expect(await first.count('SELECT count(*) FROM addresses')).toBe(1);
      expect(await first.count('SELECT count(*) FROM subscriptions')).toBe(3);
      expect(await first.count(`SELECT count(*) FROM mails WHERE kind = 'confirm-address'`)).toBe(1);
    } finally {
      await second.stop();
      await first.stop();
    }
  });
});

describe('one network', () => {
  it('makes no more than so many strangers’ mailboxes ring, however many it asks for at once', async () => {
    const settings = { confirmationsPerNetwork: 9 };
    const app = await startApp({ jobs: true, config: { rateLimits: true }, settings });
    try {
      const thread = await app.thread();
      const asks = Array.from({ length: settings.confirmationsPerNetwork + 8 }, (_, n) =>
        app.expect(202, `${threadPath(thread)}/subscriptions`, {
          method: 'POST',
          body: { kind: 'thread', email: `stranger-${n}@example.org` },
        }),
      );
      await Promise.all(asks);
      await lookedInto(app);
      expect(await app.count('SELECT count(*) FROM subscriptions')).toBe(asks.length);
      expect(await app.count(`SELECT count(*) FROM mails WHERE kind = 'confirm-address'`)).toBe(
        settings.confirmationsPerNetwork,
      );
    } finally {
      await app.stop();
    }
  });
});

describe('the answer to asking', () => {
  let app: App;

  // Without workers: what is looked into behind the answer would mix with it.
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  it('is the same for every address, and so is what is done for it', async () => {
    const thread = await app.thread();
    const links = new MailLinks(app);
    const { rows: sites } = await app.pool.query<{ id: string }>(`SELECT id FROM sites WHERE key = 'demo'`);
    const siteId = sites[0]?.id ?? '';
    const store = async (email: string, columns: string) => {
      await app.pool.query(
        `INSERT INTO addresses (id, site_id, email, email_key, confirmed_at, suppressed_at, suppressed_reason)
         SELECT $1, $2, $3, $4, ${columns}`,
        [randomUUID(), siteId, email, links.keyOf(siteId, email)],
      );
    };
    await store('confirmed@example.org', 'now(), NULL, NULL');
    await store('waiting@example.org', 'NULL, NULL, NULL');
    await store('blocked@example.org', `NULL, now(), 'owner'`);
    await store('bounced@example.org', `now(), now(), 'bounce'`);
    await app.pool.query(
      `INSERT INTO subscriptions (id, site_id, kind, thread_id, address_id, state)
       SELECT gen_random_uuid(), t.site_id, 'thread', t.id, a.id, 'confirmed' FROM threads t, addresses a
       WHERE t.key = $1 AND a.email = 'confirmed@example.org'`,
      [thread],
    );
    const names = ['confirmed', 'waiting', 'blocked', 'bounced', 'unknown'];
    const routes = [
      { path: `${threadPath(thread)}/subscriptions`, more: { kind: 'thread' } },
      { path: '/sites/demo/mailing-list', more: { consent: true } },
    ];
    for (const { path, more } of routes) {
      const call = (name: string) => ({ method: 'POST', body: { ...more, email: `${name}@example.org` } });
      // What is looked up once and remembered.
      await app.call(path, call('first'));
      const seen = new Map<string, unknown>();
      for (const name of names) seen.set(name, await observed(() => app.call(path, call(name))));
      expect(seen.get('unknown')).toMatchObject({ status: 202, body: { accepted: true } });
      for (const name of names) expect([name, seen.get(name)]).toEqual([name, seen.get('unknown')]);
    }
    expect(await app.count('SELECT count(*) FROM address_asks')).toBe(2 * (names.length + 1));
    expect(await app.count('SELECT count(*) FROM addresses')).toBe(4);
  });

  /** An answer, and the statements that the node's own connections sent for it. */
  async function observed(request: () => ReturnType<App['call']>) {
    const statements: string[] = [];
    const client = pg.Client.prototype as unknown as { query: (...values: unknown[]) => unknown };
    const { query } = client;
    client.query = function (this: { connectionParameters: { application_name: string } }, ...values: unknown[]) {
      const text = typeof values[0] === 'string' ? values[0] : (values[0] as { text: string }).text;
      if (this.connectionParameters.application_name === 'postil-web') statements.push(text);
      return query.apply(this, values);
    };
    const { status, body, headers } = await request().finally(() => (client.query = query));
    expect(statements.join()).toContain('INSERT INTO address_asks');
    const { date: _date, 'x-request-id': _id, ...rest } = Object.fromEntries(headers);
    return { status, body, headers: rest, statements };
  }
});
