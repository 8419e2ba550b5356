import { startApp, threadPath, type App } from '../support/app.js';
import { lookedInto, MailLinks, press } from '../support/mail-links.js';
import { mailsAreOut } from '../support/mailbox.js';
import { until } from '../support/until.js';

/** Values of the buttons of a page, by what they do. */
function formsOf(html: string): { do: string; id?: string | undefined; textVersion?: string | undefined }[] {
  return [...html.matchAll(/<form method="post">(.*?)<\/form>/gs)].map(([, form = '']) => {
    const fields = new Map(
      [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value ?? '']),
    );
    return { do: fields.get('do') ?? '', id: fields.get('id'), textVersion: fields.get('textVersion') };
  });
}

describe('the pages that links in mails lead to', () => {
  let app: App;
  let links: MailLinks;
  let people = 0;

  beforeAll(async () => {
    app = await startApp({ jobs: true });
    links = new MailLinks(app);
  });
  afterAll(() => app.stop());

  const newEmail = () => `reader-${(people += 1)}@example.org`;

  /** An address with confirmed subscriptions to new threads. */
  async function subscribed(titles: readonly string[], email = newEmail()): Promise<string> {
    for (const title of titles) {
      const thread = await app.thread({ title });
      const call = { method: 'POST', body: { kind: 'thread', email } };
      await app.expect(202, `${threadPath(thread)}/subscriptions`, call);
      // One after the other: the rows are told apart by their order.
      await lookedInto(app);
    }
    await press(app, await links.confirm(email));
    return email;
  }

  const rowsOf = async (email: string) => {
    const { rows } = await app.pool.query<{ id: string; title: string; state: string; by: string | null }>(
      `SELECT s.id, t.title, s.state, s.ended_by AS by FROM subscriptions s JOIN threads t ON t.id = s.thread_id
       WHERE s.address_id = $1 ORDER BY s.created_at, s.id`,
      [(await links.address(email)).id],
    );
    return rows;
  };
  const statesOf = async (email: string) => (await rowsOf(email)).map(({ title, state }) => `${title}: ${state}`);
  const unsubscribeLink = async (email: string, n = 0) => links.unsubscribe(email, (await rowsOf(email))[n]?.id ?? '');

  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'List-Unsubscribe=One-Click'],
    [
      'multipart',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
    ['no body', {}, undefined],
    ['another type', { 'content-type': 'text/plain' }, 'List-Unsubscribe=One-Click'],
    ['a broken one', { 'content-type': 'multipart/form-data' }, '--'],
  ])('end a subscription by one click, sent as %s, twice and by anybody', async (_how, headers, rawBody) => {
    const email = await subscribed(['Bridge', 'Tunnel']);
    const path = await unsubscribeLink(email);
    for (let n = 0; n < 2; n++) {
      const elsewhere = { ...headers, origin: 'https://mail.example', 'user-agent': 'a mail program' };
      const answer = await app.page(path, { method: 'POST', headers: elsewhere, rawBody });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('location')).toBeNull();
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(answer.text).toContain('You will get no more of these mails:');
    }
    expect(await statesOf(email)).toEqual(['Bridge: ended', 'Tunnel: confirmed']);
    expect((await app.page(path)).text).toContain('You will get no more of these mails:');
  });

  it('end what other sessions have asked for with the same address, too', async () => {
    const thread = await app.thread();
    const email = newEmail();
    for (const token of [undefined, (await app.guest()).token, (await app.guest()).token]) {
      const call = { method: 'POST', body: { kind: 'thread', email }, token };
      await app.expect(202, `${threadPath(thread)}/subscriptions`, call);
    }
    await lookedInto(app);
    const page = await press(app, await links.confirm(email));
    expect(page.text.match(/New comments on/g)).toHaveLength(1);
    await press(app, await unsubscribeLink(email, 1));
    expect((await rowsOf(email)).map(({ state, by }) => `${state} ${by}`)).toEqual(Array(3).fill('ended mail'));
  });

  it('are told to nobody, kept nowhere, and run nothing', async () => {
    const email = await subscribed(['Bridge']);
    const paths = [
      await links.confirm(email),
      await links.preferences(email),
      await unsubscribeLink(email),
      '/confirm/no',
    ];
    for (const path of paths) {
      const { headers, text } = await app.page(path);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-robots-tag')).toContain('noindex');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
      );
      expect(text).not.toMatch(/<script|javascript:|<img|<link| on[a-z]+=/i);
    }
  });

  it('are of nobody whose link was changed, is of another purpose, or of another server', async () => {
    const email = await subscribed(['Bridge']);
    const [confirm, preferences, unsubscribe] = [
      await links.confirm(email),
      await links.preferences(email),
      await unsubscribeLink(email),
    ];
    const token = (path: string) => path.split('/')[2] ?? '';
    const wrong = [
      `${unsubscribe.slice(0, -1)}${unsubscribe.endsWith('A') ? 'B' : 'A'}`,
      unsubscribe.slice(0, -1),
      `/unsubscribe/${token(preferences)}`,
      `/preferences/${token(unsubscribe)}`,
      `/confirm/${token(preferences)}`,
      `/preferences/${token(confirm)}`,
      `/unsubscribe/mu_${token(preferences).slice(3)}`,
      '/preferences/x',
      `/confirm/${'x'.repeat(2_000)}`,
    ];
    for (const path of wrong) {
      for (const method of ['GET', 'HEAD', 'POST']) {
        const { status, headers } = await app.page(path, { method });
        expect([path, status]).toEqual([path, 404]);
        expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      }
    }
    expect(await statesOf(email)).toEqual(['Bridge: confirmed']);
    expect((await app.page(preferences, { method: 'PUT' })).status).toBe(404);
  });

  it('show all of an address, and stop one thing of it', async () => {
    const email = await subscribed(['<script>alert(1)</script>', 'Tunnel']);
    const path = await links.preferences(email);
    const page = await app.page(path);
    expect(page.status).toBe(200);
    expect(page.text).toContain(email);
    expect(page.text).toContain('New comments on “&lt;script&gt;alert(1)&lt;/script&gt;”');
    expect(page.text).not.toContain('<script');
    const stops = formsOf(page.text).filter((form) => form.do === 'stop');
    expect(stops).toHaveLength(2);

    const other = await subscribed(['Elsewhere']);
    const notMine = (await rowsOf(other))[0]?.id ?? '';
    await press(app, path, { do: 'stop', id: notMine });
    expect(await statesOf(other)).toEqual(['Elsewhere: confirmed']);

    const after = await press(app, path, { do: 'stop', id: stops[1]?.id ?? '' });
    expect(after.text).toContain('Saved.');
    expect(await statesOf(email)).toEqual(['<script>alert(1)</script>: confirmed', 'Tunnel: ended']);
    expect(formsOf(after.text).filter((form) => form.do === 'stop')).toHaveLength(1);
  });

  it('save how often, when and in which language, and refuse what no form of theirs sends', async () => {
    const email = await subscribed(['Bridge']);
    const path = await links.preferences(email);
    const stored = async () => {
      const { rows } = await app.pool.query<Record<string, unknown>>(
        'SELECT frequency, language, time_zone FROM addresses WHERE id = $1',
        [(await links.address(email)).id],
      );
      return rows[0];
    };
    const saved = await press(app, path, { do: 'save', frequency: 'daily', language: 'de', timeZone: 'Europe/Berlin' });
    expect(saved.text).toContain('Gespeichert.');
    expect(saved.text).toContain('<option value="daily" selected>');
    expect(saved.text).toContain('<option value="Europe/Berlin" selected>');
    expect(await stored()).toEqual({ frequency: 'daily', language: 'de', time_zone: 'Europe/Berlin' });
    const wrong = [
      { do: 'save', frequency: 'yearly', language: 'de', timeZone: '' },
      { do: 'save', frequency: 'daily', language: 'tlh', timeZone: '' },
      { do: 'save', frequency: 'daily', language: 'de', timeZone: 'Mars/Olympus' },
      { do: 'stop', id: 'x' },
      { do: 'everything' },
      {},
    ];
    for (const fields of wrong) expect((await press(app, path, fields as Record<string, string>)).status).toBe(422);
    expect(await stored()).toEqual({ frequency: 'daily', language: 'de', time_zone: 'Europe/Berlin' });
    await press(app, path, { do: 'save', frequency: 'hourly', language: 'fr', timeZone: '' });
    expect(await stored()).toEqual({ frequency: 'hourly', language: 'fr', time_zone: null });
  });

  it.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de', 'Dieser Link gilt nicht'],
    ['pt, fr;q=0.7, en;q=0.1', 'fr', 'Ce lien ne fonctionne pas'],
    ['es', 'es', 'Este enlace no funciona'],
    ['ja, en;q=0', 'en', 'This link does not work'],
    ['', 'en', 'This link does not work'],
  ])('speak the language that a browser asks for: %s', async (header, language, title) => {
    const { text } = await app.page('/confirm/nothing', { headers: { 'accept-language': header } });
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain(title);
  });

  it('confirm what waits, and join and leave lists with the text that they showed', async () => {
    await app.expect(202, '/sites/demo/mailing-list', {
      method: 'POST',
      body: { email: newEmail(), consent: true },
    });
    const thread = await app.thread();
    const email = newEmail();
    await app.expect(202, `${threadPath(thread)}/subscriptions`, { method: 'POST', body: { kind: 'replies', email } });
    await lookedInto(app);
    const path = await links.preferences(email);
    const forms = formsOf((await app.page(path)).text);
    const wait = forms.find((form) => form.do === 'confirm');
    const join = forms.find((form) => form.do === 'join');
    await press(app, path, { do: 'confirm', id: wait?.id ?? '' });
    expect((await rowsOf(email)).map(({ state }) => state)).toEqual(['confirmed']);

    const listed = async () => {
      const { rows } = await app.pool.query<{ state: string }>('SELECT state FROM list_members WHERE address_id = $1', [
        (await links.address(email)).id,
      ]);
      return rows.map(({ state }) => state);
    };
    await press(app, path, { do: 'join', id: join?.id ?? '', textVersion: '7' });
    expect(await listed()).toEqual([]);
    await press(app, path, { do: 'join', id: join?.id ?? '', textVersion: join?.textVersion ?? '' });
    expect(await listed()).toEqual(['confirmed']);
    expect((await rowsOf(email)).map(({ state }) => state)).toEqual(['confirmed']);
    const left = await press(app, path, { do: 'leave', id: join?.id ?? '' });
    expect(await listed()).toEqual(['withdrawn']);
    expect(left.text).toMatch(/Asked for: “Newsletter”.*Confirmed: “Newsletter”.*Withdrawn: “Newsletter”/s);
    expect((await rowsOf(email)).map(({ state }) => state)).toEqual(['confirmed']);
  });

  it('confirm the one that is meant, and leave what else was asked for in the same name waiting', async () => {
    const email = newEmail();
    const [wanted, other] = [await app.thread({ title: 'Wanted' }), await app.thread({ title: 'Not mine' })];
    for (const [thread, token] of [
      [wanted, undefined],
      [wanted, (await app.guest()).token],
      [other, undefined],
    ] as const) {
      const call = { method: 'POST', body: { kind: 'thread', email }, token };
      await app.expect(202, `${threadPath(thread)}/subscriptions`, call);
      await lookedInto(app);
    }
    const path = await links.preferences(email);
    const wait = formsOf((await app.page(path)).text).filter((form) => form.do === 'confirm');
    expect(wait).toHaveLength(2);
    const [first, , last] = await rowsOf(email);
    await press(app, path, { do: 'confirm', id: first?.id ?? '' });
    expect(await statesOf(email)).toEqual(['Wanted: confirmed', 'Wanted: confirmed', 'Not mine: pending']);
    const elsewhere = await subscribed(['Elsewhere']);
    await press(app, await links.preferences(elsewhere), { do: 'confirm', id: last?.id ?? '' });
    expect(await statesOf(email)).toContain('Not mine: pending');
  });

  it('turn everything off', async () => {
    const email = await subscribed(['Bridge', 'Tunnel']);
    const path = await links.preferences(email);
    const [join] = formsOf((await app.page(path)).text).filter((form) => form.do === 'join');
    await press(app, path, { do: 'join', id: join?.id ?? '', textVersion: join?.textVersion ?? '' });
    const off = await press(app, path, { do: 'off' });
    expect(await statesOf(email)).toEqual(['Bridge: ended', 'Tunnel: ended']);
    expect(off.text).toContain('Nothing at present.');
    const told = 'SELECT count(*) FROM addresses WHERE id = $1 AND (tell_own OR tell_mentions)';
    expect(await app.count(told, [(await links.address(email)).id])).toBe(0);
    const left = `SELECT count(*) FROM list_members WHERE state <> 'withdrawn' AND address_id = $1`;
    expect(await app.count(left, [(await links.address(email)).id])).toBe(0);
  });

  it('stop mails about what becomes of own comments, one by one and with everything', async () => {
    await app.settings({ undoSeconds: 0 });
    const told = async (change: Record<string, string> | undefined) => {
      const email = newEmail();
      const { token, reader } = await app.expect<{ token: string; reader: { id: string } }>(
        201,
        '/sites/demo/sessions',
        {
          method: 'POST',
          body: { displayName: 'Ada', email },
        },
      );
      const thread = await app.thread({ moderationMode: 'pre' });
      const ada = { token, id: reader.id, name: 'Ada' };
      await app.expect(202, `${threadPath(thread)}/subscriptions`, {
        method: 'POST',
        body: { kind: 'replies' },
        token,
      });
      await lookedInto(app);
      await press(app, await links.confirm(email));
      const path = await links.preferences(email);
      const page = await app.page(path);
      expect(formsOf(page.text).map((form) => form.do)).toEqual(
        expect.arrayContaining(['own-off', 'mentions-off']) as unknown[],
      );
      if (change) await press(app, path, change);
      const comment = await app.post(ada, thread, 'Hold me.');
      await app.decide(app.owner, 'reject', [comment], { reason: 'off-topic' });
      await mailsAreOut(app);
      const { id } = await links.address(email);
      return app.count(`SELECT count(*) FROM mails WHERE address_id = $1 AND kind = 'rejected' AND state = 'sent'`, [
        id,
      ]);
    };
    expect(await told(undefined)).toBe(1);
    expect(await told({ do: 'own-off' })).toBe(0);
    expect(await told({ do: 'off' })).toBe(0);
    expect(await told({ do: 'mentions-off' })).toBe(1);
    expect(await told({ do: 'own-on' })).toBe(1);
  });

  it('erase an address that is never to be written to, and know it again', async () => {
    const email = await subscribed(['Bridge']);
    const path = await links.preferences(email);
    const blocked = await press(app, path, { do: 'never' });
    expect(blocked.text).toContain('This address is blocked');
    expect(blocked.text).not.toContain(email);
    const { id } = await links.address(email);
    expect(await app.count('SELECT count(*) FROM addresses WHERE id = $1 AND email IS NULL', [id])).toBe(1);

    const asks = async () => {
      const thread = await app.thread();
      const call = { method: 'POST', body: { kind: 'thread', email } };
      await app.expect(202, `${threadPath(thread)}/subscriptions`, call);
      await lookedInto(app);
      return app.count(`SELECT count(*) FROM mails WHERE address_id = $1`, [id]);
    };
    expect(await asks()).toBe(1);
    // Only the block can be lifted; the other buttons are gone.
    await press(app, path, { do: 'save', frequency: 'daily', language: 'de', timeZone: '' });
    expect(await app.count(`SELECT count(*) FROM addresses WHERE id = $1 AND frequency = 'instant'`, [id])).toBe(1);
    expect((await press(app, path, { do: 'unblock' })).text).toContain('The block is lifted.');
    await app.pool.query(`UPDATE confirmation_mails SET at = at - interval '11 minutes' WHERE address_id = $1`, [id]);
    expect(await asks()).toBe(2);
    expect(await app.count('SELECT count(*) FROM addresses WHERE id = $1 AND email = $2', [id, email])).toBe(1);
    const logged = await app.pool.query<{ action: string }>(
      'SELECT action FROM log_entries WHERE subject_id = $1 ORDER BY at',
      [id],
    );
    expect(logged.rows.map(({ action }) => action)).toEqual([
      'address.confirmed',
      'address.blocked',
      'address.unblocked',
    ]);
  });

  it('replace all links by a new one that is mailed', async () => {
    const email = await subscribed(['Bridge']);
    const old = [await links.preferences(email), await links.confirm(email), await unsubscribeLink(email)];
    const answer = await press(app, old[0] ?? '', { do: 'new-link' });
    expect(answer.text).toContain('A new link is on its way to you.');
    for (const path of old) {
      expect((await app.page(path)).status).toBe(404);
      expect((await app.page(path, { method: 'POST' })).status).toBe(404);
    }
    expect(await statesOf(email)).toEqual(['Bridge: confirmed']);
    const path = await links.preferences(email);
    expect((await app.page(path)).status).toBe(200);
    const mailed = `SELECT count(*) FROM kept_mails WHERE recipient = $1 AND text LIKE '%' || $2 || '%'`;
    await until(async () => (await app.count(mailed, [email, path])) === 1, 'the new link to be mailed');
  });

  it('are pressed at the same time, and everything happens once', async () => {
    const email = newEmail();
    const thread = await app.thread();
    await app.expect(202, `${threadPath(thread)}/subscriptions`, { method: 'POST', body: { kind: 'thread', email } });
    await lookedInto(app);
    const path = await links.confirm(email);
    const answers = await Promise.all(Array.from({ length: 8 }, () => press(app, path)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const { id } = await links.address(email);
    expect(await app.count(`SELECT count(*) FROM log_entries WHERE subject_id = $1`, [id])).toBe(1);
  });
});
