import { startApp, type App } from '../support/app.js';
import { MailServer } from '../support/mail-server.js';
import { QueueAlarms } from '../../src/moderation/alarms/queue-alarms.js';
import { ForgetMails } from '../../src/notifications/mails/forget-mails.js';
import { SendingWork } from '../../src/notifications/mails/sending-work.js';
import { QueueStaffMails } from '../../src/notifications/staff/queue-staff-mails.js';
import { Relay } from '../../src/platform/stream/relay.js';
import { until } from '../support/until.js';

describe('mails to staff', () => {
  let app: App;
  let server: MailServer;
  const to = 'owner@example.org';

  beforeAll(async () => {
    server = new MailServer();
    await server.start();
    app = await startApp({ settings: { alarmPendingSeconds: 1, staffDigest: true }, config: { smtpUrl: server.url } });
  });
  afterAll(async () => {
    await app.stop();
    await server.stop();
  });

  const queue = () => app.node.app.get(QueueStaffMails).run();
  const send = () => app.node.app.get(SendingWork).run(new AbortController().signal);
  /** Once the relay has looked, which it else does every some seconds. */
  const alarms = () => {
    app.node.app.get(QueueAlarms).settlesAt = 0;
    app.node.app.get(Relay).wake();
    return app.count('SELECT count(*) FROM queue_alarms');
  };

  it('say once that a queue is late, and nothing when it is calm again by then', async () => {
    const ada = await app.guest('Ada');
    const comment = await app.post(ada, await app.thread(), 'Waits.');
    await until(async () => (await alarms()) === 1, 'the alarm');
    await queue();
    await queue();
    await send();
    const [mail] = await server.of(to, 1);
    expect(mail?.subject).toBe('The queue “Pending” of Postil demo is waiting');
    expect(mail?.text).toContain('1 item waits in the queue “Pending”');
    expect(mail?.headers.has('list')).toBe(false);
    await app.decide(app.owner, 'approve', [comment]);
    await until(async () => (await alarms()) === 0, 'calm');
    await app.post(ada, await app.thread(), 'Waits too.');
    await until(async () => (await alarms()) === 1, 'the next alarm');
    await queue();
    await app.settings({ alarmPendingSeconds: 0 });
    await until(async () => (await alarms()) === 0, 'calm again');
    await send();
    expect(server.all(to)).toHaveLength(1);
    const dropped = `SELECT count(*) FROM mails WHERE kind = 'queue-alarm' AND outcome = 'not-so-any-more'`;
    expect(await app.count(dropped)).toBe(1);
  });

  it('say each morning what happened since the last one', async () => {
    await queue();
    await queue();
    const due = `SELECT count(*) FROM mails WHERE kind = 'staff-digest' AND state = 'queued'`;
    expect(await app.count(due)).toBe(1);
    await app.pool.query(`UPDATE mails SET next_at = clock_timestamp() WHERE kind = 'staff-digest'`);
    await app.pool.query(
      `UPDATE mails SET data = data || jsonb_build_object('since', clock_timestamp() - interval '1 hour') WHERE kind = 'staff-digest'`,
    );
    await send();
    const mail = (await server.of(to, 2)).at(-1);
    expect(mail?.text).toMatch(/What happened at Postil demo/);
    expect(mail?.text).toContain('- 2 comments posted');
    expect(mail?.text).toContain('- 1 decision');
    expect(mail?.text).toMatch(/- 1 waiting in “Pending”/);
    const gone = await app.staff('admin');
    await queue();
    await app.pool.query('UPDATE staff SET disabled_at = clock_timestamp() WHERE id = $1', [gone.id]);
    await app.pool.query(`UPDATE mails SET next_at = clock_timestamp() WHERE staff_id = $1`, [gone.id]);
    await send();
    const outcome = `SELECT count(*) FROM mails WHERE staff_id = $1 AND outcome <> 'no-address'`;
    expect(await app.count(outcome, [gone.id])).toBe(0);
  });

  it('say once, to those who may enable it again, that a webhook was given up, unless it is enabled by then', async () => {
    const admin = await app.staff('admin');
    await app.staff('moderator');
    const given = async (url: string, why: string) => {
      const { rows } = await app.pool.query<{ id: string }>(
        `INSERT INTO webhook_endpoints (id, site_id, url, types, ordered, secret, disabled, disabled_at)
         SELECT gen_random_uuid(), id, $1, '{}', false, '', $2, clock_timestamp() FROM sites WHERE key = 'demo' RETURNING id`,
        [url, why],
      );
      return rows[0]!.id;
    };
    await given('https://hooks.example/in', 'gone');
    await given('https://hooks.example/off', 'staff');
    const enabled = await given('https://hooks.example/mended', 'failing');
    await queue();
    await queue();
    const of = (more: string) => app.count(`SELECT count(*) FROM mails WHERE kind = 'webhook-disabled' AND ${more}`);
    expect(await of(`state = 'queued'`)).toBe(4);
    await app.pool.query('UPDATE webhook_endpoints SET disabled = NULL, disabled_at = NULL WHERE id = $1', [enabled]);
    await send();
    const mail = (await server.of(to, 3)).at(-1);
    expect(mail?.subject).toBe('A webhook of Postil demo is switched off');
    expect(mail?.text).toMatch(
      /gone for good \(410\)[^]*- https:\/\/hooks\.example\/in\n[^]*\/console#\/outgoing\/webhooks/,
    );
    expect(await of(`staff_id = '${admin.id}' AND state = 'sent'`)).toBe(1);
    expect(await of(`outcome = 'not-so-any-more'`)).toBe(2);
  });

  it('are forgotten when their time is over, and those that wait are not', async () => {
    const before = await app.count('SELECT count(*) FROM mails');
    const sent = await app.count(`SELECT count(*) FROM mails WHERE state = 'sent'`);
    expect(sent).toBeGreaterThan(1);
    await app.pool.query(`UPDATE mails SET finished_at = finished_at - interval '31 days' WHERE state = 'sent'`);
    const old = await app.count(
      `SELECT count(*) FROM mails WHERE finished_at < clock_timestamp() - interval '30 days'`,
    );
    expect(old).toBe(sent);
    await app.node.app.get(ForgetMails).run();
    expect(await app.count('SELECT count(*) FROM mails')).toBe(before - old);
  });
});
