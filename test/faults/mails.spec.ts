import { createHmac } from 'node:crypto';
import { startApp, type App, type Person } from '../support/app.js';
import { mailsAreOut, subscribed } from '../support/mailbox.js';
import { MailServer } from '../support/mail-server.js';
import { PostilProcess } from '../support/postil-process.js';
import { until } from '../support/until.js';

let people = 0;
const address = (domain = 'example.org') => `reader-${(people += 1)}@${domain}`;

interface DeadLetters {
  items: { id: string; state: string; outcome: string; domain: string; kind: string; attempts: number }[];
}

/** A mail server that refuses, delays, hangs and crashes; and workers that do. */
describe('sending', () => {
  let app: App;
  let server: MailServer;
  let ada: Person;

  beforeAll(async () => {
    server = new MailServer();
    await server.start();
    const settings = { moderationMode: 'post', mailWindowSeconds: 0, undoSeconds: 0 };
    app = await startApp({ jobs: true, settings, config: { smtpUrl: server.url } });
    ada = await app.guest('Ada');
  });
  afterEach(() => {
    server.onSender = () => 'accept';
    server.onRecipient = () => 'accept';
    server.onMessage = () => 'accept';
  });
  afterAll(async () => {
    await app.stop();
    await server.stop();
  });

  const mail = async (to: string) => {
    const { rows } = await app.pool.query<{
      id: string;
      state: string;
      outcome: string;
      attempts: number;
      wait: number;
    }>(
      `SELECT m.id, m.state, m.outcome, m.attempts, extract(epoch FROM m.next_at - clock_timestamp())::float8 AS wait
       FROM mails m JOIN addresses a ON a.id = m.address_id WHERE a.email = $1`,
      [to],
    );
    return rows[0];
  };
  /** A comment that `to` is told of, and what became of the mail by then. */
  const told = async (to: string, became: (row: NonNullable<Awaited<ReturnType<typeof mail>>>) => boolean) => {
    const thread = await app.thread();
    await subscribed(app, to, thread, { kind: 'thread' });
    await app.post(ada, thread, 'News.');
    await until(
      async () => {
        const row = await mail(to);
        return row !== undefined && became(row);
      },
      `the mail to ${to}`,
      () => JSON.stringify(server.asked),
    );
    return mail(to);
  };
  /** As if its pause were over. */
  const now = (to: string) =>
    app.pool.query(
      `UPDATE mails SET next_at = clock_timestamp() WHERE address_id = (SELECT id FROM addresses WHERE email = $1)`,
      [to],
    );
  const suppressed = (to: string) =>
    app.count('SELECT count(*) FROM addresses WHERE email = $1 AND suppressed_at IS NOT NULL', [to]);
  const logged = `SELECT count(*) FROM log_entries
    WHERE action = 'address.suppressed' AND subject_id = (SELECT id FROM addresses WHERE email = $1)`;
  const dead = (state: string) =>
    app.expect<DeadLetters>(200, '/sites/demo/mails', { token: app.owner.token, query: { state, limit: 100 } });

  it('tries again what is greylisted, later and later, and sends it once', async () => {
    const to = address();
    server.onRecipient = () => ({ code: 451, text: '4.7.1 Greylisted, try again' });
    const first = await told(to, ({ outcome }) => outcome !== null);
    expect(first).toMatchObject({ state: 'queued', outcome: '451 4.7.1', attempts: 1 });
    expect(first?.wait).toBeGreaterThan(50);
    await now(to);
    await until(async () => {
      const row = await mail(to);
      return row?.attempts === 2 && row.outcome !== null;
    }, 'the second attempt');
    expect((await mail(to))?.wait).toBeGreaterThan(250);
    server.onRecipient = () => 'accept';
    await now(to);
    await server.of(to, 1);
    await mailsAreOut(app);
    expect(await mail(to)).toMatchObject({ state: 'sent', attempts: 3 });
    expect(server.all(to)).toHaveLength(1);
  });

  it('gives up after days of trying', async () => {
    const to = address();
    server.onRecipient = () => ({ code: 450, text: '4.2.1 Not now' });
    await told(to, ({ outcome }) => outcome !== null);
    await app.pool.query(`UPDATE mails SET attempts = 12 WHERE id = $1`, [(await mail(to))?.id]);
    await now(to);
    await until(async () => (await mail(to))?.state === 'failed', 'the end of trying');
    expect((await dead('failed')).items[0]).toMatchObject({
      outcome: '450 4.2.1',
      domain: 'example.org',
      attempts: 13,
    });
  });

  it('sends nothing more to an address that does not exist', async () => {
    const to = address();
    server.onRecipient = (one) => (one === to ? { code: 550, text: '5.1.1 No such user' } : 'accept');
    expect(await told(to, ({ state }) => state === 'failed')).toMatchObject({ outcome: '550 5.1.1' });
    expect(await suppressed(to)).toBe(1);
    expect(await app.count(logged, [to])).toBe(1);
    const asked = server.asked.length;
    const thread = await app.thread();
    await subscribed(app, to, thread, { kind: 'thread' });
    await app.post(ada, thread, 'More news.');
    await mailsAreOut(app);
    expect(server.asked.slice(asked)).not.toContain(to);
  });

  it('waits where the server does not take the sender, and blames no recipient for it', async () => {
    const to = address();
    server.onSender = () => ({ code: 550, text: '5.1.1 Sender address rejected: User unknown' });
    expect(await told(to, ({ outcome }) => outcome !== null)).toMatchObject({ state: 'queued', outcome: '550 5.1.1' });
    expect(await suppressed(to)).toBe(0);
    server.onSender = () => 'accept';
    await now(to);
    await server.of(to, 1);
  });

  it('keeps an address whose server does not like the message', async () => {
    const to = address();
    server.onMessage = () => ({ code: 554, text: '5.7.1 Looks like spam' });
    expect(await told(to, ({ state }) => state === 'failed')).toMatchObject({ outcome: '554 5.7.1' });
    expect(await suppressed(to)).toBe(0);
  });

  it('does not send twice what a server has taken without a word', async () => {
    const [vanished, hung] = [address(), address()];
    server.onMessage = () => 'vanish';
    expect(await told(vanished, ({ state }) => state === 'uncertain')).toMatchObject({ attempts: 1 });
    server.onMessage = () => new Promise(() => undefined);
    expect(await told(hung, ({ state }) => state === 'uncertain')).toMatchObject({ outcome: 'ETIMEDOUT' });
    server.onMessage = () => 'accept';
    await now(vanished);
    await mailsAreOut(app);
    expect(server.all(vanished)).toHaveLength(1);
    const { items } = await dead('uncertain');
    expect(items.map(({ outcome }) => outcome).sort()).toEqual(['ECONNECTION', 'ETIMEDOUT']);
    expect(JSON.stringify(items)).not.toContain(vanished);
  });

  it('sends again by hand, once, what staff say so of', async () => {
    const to = address();
    server.onMessage = () => ({ code: 554, text: '5.7.1 Looks like spam' });
    const { id } = (await told(to, ({ state }) => state === 'failed')) ?? {};
    server.onMessage = () => 'accept';
    const resend = (token: string | undefined) => app.call(`/mails/${id}/resend`, { method: 'POST', token });
    const moderator = await app.staff('moderator');
    expect([(await resend(undefined)).status, (await resend(ada.token)).status]).toEqual([401, 401]);
    expect((await resend(moderator.token)).status).toBe(403);
    expect((await app.call('/sites/demo/mails', { token: moderator.token })).status).toBe(403);
    expect((await resend(app.owner.token)).status).toBe(204);
    await server.of(to, 1);
    await mailsAreOut(app);
    expect((await resend(app.owner.token)).status).toBe(409);
    expect(
      await app.count(`SELECT count(*) FROM log_entries WHERE action = 'mail.resent' AND subject_id = $1`, [id]),
    ).toBe(1);
    expect(server.all(to)).toHaveLength(1);
  });

  it('waits for a server that is down, and paces what goes to one domain', async () => {
    const to = address();
    const { port } = server;
    await server.stop();
    expect(await told(to, ({ outcome }) => outcome !== null)).toMatchObject({ state: 'queued', attempts: 1 });
    server = new MailServer();
    await server.start(port);
    await now(to);
    await server.of(to, 1);
    const thread = await app.thread();
    const many = Array.from({ length: 30 }, () => address('one-domain.example'));
    for (const one of many) await subscribed(app, one, thread, { kind: 'thread' });
    const begun = Date.now();
    await app.post(ada, thread, 'To many.');
    for (const one of many) await server.of(one, 1);
    // 20 a second: the thirtieth has to wait for almost one and a half.
    expect(Date.now() - begun).toBeGreaterThan(1_300);
  });

  it('believes signed reports of bounces and complaints, and no others', async () => {
    const to = address();
    await told(to, ({ state }) => state === 'sent');
    const [received] = server.all(to);
    const { secret } = await app.expect<{ secret: string }>(200, '/sites/demo/mail-events/secret', {
      token: app.owner.token,
    });
    const admin = await app.staff('admin');
    expect((await app.call('/sites/demo/mail-events/secret', { token: admin.token })).status).toBe(403);
    const report = async (event: object, { at = Date.now(), key = secret } = {}) => {
      const [body, timestamp] = [JSON.stringify(event), String(Math.floor(at / 1_000))];
      const signed = createHmac('sha256', Buffer.from(key.slice(6), 'base64')).update(`m1.${timestamp}.${body}`);
      const headers = {
        'content-type': 'application/json',
        'webhook-id': 'm1',
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signed.digest('base64')}`,
      };
      const url = `${app.address}/api/v1/sites/demo/mail-events`;
      return (await fetch(url, { method: 'POST', headers, body })).status;
    };
    const complaint = { type: 'complaint', messageId: received?.messageId };
    expect(await report(complaint, { key: `whsec_${Buffer.from('x'.repeat(32)).toString('base64')}` })).toBe(401);
    expect(await report(complaint, { at: Date.now() - 600_000 })).toBe(401);
    expect(await report({ ...complaint, type: 'delivered' })).toBe(422);
    expect(await suppressed(to)).toBe(0);
    expect([await report(complaint), await report(complaint)]).toEqual([204, 204]);
    expect(await report({ ...complaint, messageId: '<unknown@elsewhere>' })).toBe(204);
    expect(await suppressed(to)).toBe(1);
    expect(await app.count(logged, [to])).toBe(1);
  });
});

describe('a worker that is killed', () => {
  let app: App;
  let server: MailServer;
  const workers: PostilProcess[] = [];

  beforeAll(async () => {
    server = new MailServer();
    await server.start();
    app = await startApp({ settings: { moderationMode: 'post', mailWindowSeconds: 0, undoSeconds: 0 } });
  });
  afterAll(async () => {
    for (const worker of workers) worker.child.kill('SIGKILL');
    await app.stop();
    await server.stop();
  });

  const worker = async () => {
    const one = await PostilProcess.start({
      ROLE: 'worker',
      NODE_ENV: 'development',
      DATABASE_URL: app.database.url,
      SMTP_URL: server.url,
      SECRET_KEY: 'a secret key that only tests know of',
      PUBLIC_URL: 'http://comments.example',
    });
    workers.push(one);
    return one.running();
  };

  it('between the server’s word and the record of it sends nothing twice, and loses nothing else', async () => {
    const thread = await app.thread();
    const all = Array.from({ length: 12 }, () => address());
    for (const one of all) await subscribed(app, one, thread, { kind: 'thread' });
    let killed = 0;
    const first = await worker();
    server.onMessage = () => {
      killed += 1;
      if (killed === 3) first.child.kill('SIGKILL');
      return 'accept';
    };
    await app.post(await app.guest('Ada'), thread, 'News.');
    await until(() => first.child.signalCode === 'SIGKILL', 'the worker to be killed');
    // Before that, all was handed over that ever will be by this one.
    const handedOver = new Set(server.received.map(({ to }) => to));
    await app.pool.query(`UPDATE mails SET next_at = next_at - interval '6 minutes'`);
    await worker();
    const over = `SELECT count(*) FROM mails WHERE state IN ('sent', 'uncertain')`;
    await until(async () => (await app.count(over)) === all.length, 'every mail to be sent or uncertain');
    for (const to of all) expect(server.all(to).length).toBeLessThanOrEqual(1);
    for (const to of handedOver) expect(server.all(to)).toHaveLength(1);
    const uncertain = await app.count(`SELECT count(*) FROM mails WHERE state = 'uncertain'`);
    expect(uncertain).toBeGreaterThan(0);
    // What is certain arrived.
    expect(server.received.length).toBeGreaterThanOrEqual(all.length - uncertain);
  });
});
