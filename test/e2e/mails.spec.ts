import { startApp, type App, type Person } from '../support/app.js';
import { confirmedAddress, mailsAreOut, subscribed } from '../support/mailbox.js';
import { linksIn } from '../support/mail-links.js';
import { MailServer } from '../support/mail-server.js';
import { until } from '../support/until.js';

let people = 0;
const address = () => `reader-${(people += 1)}@example.org`;

describe('mails', () => {
  let app: App;
  let server: MailServer;
  let moderator: Person;

  beforeAll(async () => {
    server = new MailServer();
    await server.start();
    const settings = {
      moderationMode: 'post',
      mailWindowSeconds: 0,
      undoSeconds: 0,
      mailFooter: 'Gazette\nMain Street 1',
    };
    app = await startApp({ jobs: true, settings, config: { smtpUrl: server.url } });
    moderator = await app.staff('moderator');
  });

  afterAll(async () => {
    await app.stop();
    await server.stop();
  });

  const outcomes = async (email: string) => {
    const { rows } = await app.pool.query<{ state: string; outcome: string }>(
      `SELECT m.state, m.outcome FROM mails m JOIN addresses a ON a.id = m.address_id WHERE a.email = $1 ORDER BY m.created_at`,
      [email],
    );
    return rows.map(({ state, outcome }) => `${state} ${outcome}`);
  };
  /** Each burst is one mail from here on. */
  const bursts = (seconds: number) => app.settings({ mailWindowSeconds: seconds });
  /** As if so many seconds had passed for what waits. */
  const later = (seconds: number) =>
    app.pool.query(`UPDATE mails SET next_at = next_at - make_interval(secs => $1) WHERE state = 'queued'`, [seconds]);

  describe('of a conversation', () => {
    it('go to who subscribed to the thread, in both parts, with the headers that mail programs want', async () => {
      const thread = await app.thread({ title: 'The bridge' });
      const to = address();
      await subscribed(app, to, thread, { kind: 'thread' });
      const comment = await app.post(await app.guest('Ada'), thread, 'A first *word* <b>&</b>.');
      const [mail] = await server.of(to, 1);
      expect(mail?.subject).toBe('Ada commented on “The bridge”');
      expect(mail?.text).toContain('> A first word <b>&</b>.');
      expect(mail?.text).toContain(`https://news.example/${thread}#comment-${comment.id}`);
      expect(mail?.text).toContain('Main Street 1');
      expect(mail?.html).toContain('A first word &lt;b&gt;&amp;&lt;/b&gt;.');
      expect(mail?.html).not.toMatch(/<img|src=|<script|https?:\/\/(?!news\.example|comments\.example|www\.w3\.org)/);
      expect(mail?.from?.value).toEqual([{ name: 'Postil demo', address: 'postil@localhost' }]);
      const headers = Object.fromEntries(
        mail?.headerLines.map(({ key, line }) => [key, line.replace(/\r?\n\s+/g, ' ').replace(/: +/, ': ')]) ?? [],
      );
      expect(headers['auto-submitted']).toBe('Auto-Submitted: auto-generated');
      expect(headers['list-unsubscribe']).toMatch(
        /^List-Unsubscribe: <http:\/\/comments\.example\/unsubscribe\/[\w.-]+>$/,
      );
      expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
      expect(headers['list-id']).toMatch(/^List-ID: <thread-[\w-]+\.comments\.example>$/);
      expect(mail?.messageId).toMatch(/^<[\w-]{36}@comments\.example>$/);
      expect([mail?.inReplyTo, mail?.references].flat()).toEqual(
        Array(2).fill(expect.stringMatching(/^<thread-[\w-]{36}@comments/)),
      );
    });

    it('never go to who caused them, by whatever address or session', async () => {
      const thread = await app.thread();
      const [mine, proved, other] = [
        `ada-${address()}`.replace('example.org', 'xn--bcher-kva.example'),
        address(),
        address(),
      ];
      const { token, reader } = await app.expect<{ token: string; reader: { id: string } }>(
        201,
        '/sites/demo/sessions',
        {
          method: 'POST',
          // As it may be typed; the subscription has it as mail servers do.
          body: { displayName: 'Ada', email: `${mine.replace('xn--bcher-kva', 'B\u00dccher').replace('ada', 'ADA')}` },
        },
      );
      await subscribed(app, mine, thread, { kind: 'thread' });
      await confirmedAddress(app, proved, { readerId: reader.id });
      await subscribed(app, proved, thread, { kind: 'thread' });
      await subscribed(app, other, thread, { kind: 'thread', readerId: reader.id });
      const witness = address();
      await subscribed(app, witness, thread, { kind: 'thread' });
      await app.post({ token, id: reader.id, name: 'Ada' }, thread, 'To others.');
      await server.of(witness, 1);
      await mailsAreOut(app);
      expect([mine, proved, other].flatMap((to) => server.all(to))).toEqual([]);
    });

    it('say of an answer that it is one, and come once to who subscribed twice', async () => {
      const thread = await app.thread({ title: 'The bridge' });
      const [ada, grace] = [await app.guest('Ada'), await app.guest('Grace')];
      const root = await app.post(ada, thread, 'A question?');
      const to = address();
      await subscribed(app, to, thread, { kind: 'thread' });
      await subscribed(app, to, thread, { kind: 'comment', commentId: root.id });
      await subscribed(app, to, thread, { kind: 'replies', readerId: ada.id });
      await app.post(grace, thread, 'An answer.', { parentId: root.id });
      await server.of(to, 1);
      await mailsAreOut(app);
      expect(server.all(to).map(({ subject }) => subject)).toEqual(['Grace answered your comment on “The bridge”']);
    });

    it('tell who was mentioned by id, where that reader takes part', async () => {
      const thread = await app.thread({ title: 'The bridge' });
      const [ada, grace, absent] = [await app.guest('Ada'), await app.guest('Grace'), await app.guest('Nobody')];
      const [toAda, toAbsent] = [address(), address()];
      await confirmedAddress(app, toAda, { readerId: ada.id });
      await confirmedAddress(app, toAbsent, { readerId: absent.id });
      await app.post(ada, thread, 'First.');
      const mention = (person: Person) => `@[${person.name}](reader:${person.id})`;
      await app.post(grace, thread, `As ${mention(ada)} and ${mention(absent)} said`);
      const [mail] = await server.of(toAda, 1);
      expect(mail?.subject).toBe('Grace mentioned you at “The bridge”');
      expect(mail?.text).toContain('> As @Ada and @Nobody said');
      await mailsAreOut(app);
      expect(server.all(toAbsent)).toEqual([]);
    });

    it('are one for a burst', async () => {
      const thread = await app.thread({ title: 'The bridge' });
      const to = address();
      await subscribed(app, to, thread, { kind: 'thread' });
      await bursts(60);
      const ada = await app.guest('Ada');
      for (const word of ['One', 'Two', 'Three']) await app.post(ada, thread, word);
      await until(
        async () =>
          (await app.count(
            `SELECT count(*) FROM mail_items i JOIN mails m ON m.id = i.mail_id
                                      JOIN addresses a ON a.id = m.address_id WHERE a.email = $1`,
            [to],
          )) === 3,
        'three comments in the mail',
      );
      const { rows } = await app.pool.query<{ wait: number }>(
        `SELECT extract(epoch FROM m.next_at - m.created_at)::float8 AS wait FROM mails m
         JOIN addresses a ON a.id = m.address_id WHERE a.email = $1`,
        [to],
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]?.wait).toBeGreaterThan(59);
      expect(rows[0]?.wait).toBeLessThan(301);
      await later(400);
      const [mail] = await server.of(to, 1);
      expect(mail?.subject).toBe('3 new comments on “The bridge”');
      expect(mail?.text).toMatch(/> One[^]*> Two[^]*> Three/);
      await bursts(0);
    });

    it('come as digests, each reader’s in the morning of the own time zone', async () => {
      const threads = [await app.thread({ title: 'The bridge' }), await app.thread({ title: 'The river' })];
      const to = address();
      await confirmedAddress(app, to, { frequency: 'daily', timeZone: 'Pacific/Apia', language: 'de' });
      for (const thread of threads) await subscribed(app, to, thread, { kind: 'thread' });
      const ada = await app.guest('Ada');
      for (const thread of threads) await app.post(ada, thread, `At ${thread}.`);
      await until(
        async () =>
          (await app.count(
            `SELECT count(*) FROM mail_items i JOIN mails m ON m.id = i.mail_id
                                      JOIN addresses a ON a.id = m.address_id WHERE a.email = $1`,
            [to],
          )) === 2,
        'two comments in the mail',
      );
      const { rows } = await app.pool.query<{ at: string }>(
        `SELECT to_char(m.next_at AT TIME ZONE 'Pacific/Apia', 'HH24:MI:SS') AS at FROM mails m
         JOIN addresses a ON a.id = m.address_id WHERE a.email = $1`,
        [to],
      );
      expect(rows).toEqual([{ at: '07:00:00' }]);
      await later(86_400);
      const [mail] = await server.of(to, 1);
      expect(mail?.subject).toBe('2 neue Kommentare · Postil demo');
      expect(mail?.text).toMatch(/The bridge[^]*> At [^]*The river[^]*> At /);
    });
  });

  describe('end by one click', () => {
    const link = async (to: string) => {
      const mails = await server.of(to, 1);
      const list = mails.at(-1)?.headers.get('list') as { unsubscribe?: { url?: string } } | undefined;
      return list?.unsubscribe?.url?.replace('http://comments.example', '') ?? '';
    };
    const click = async (path: string) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = 'List-Unsubscribe=One-Click';
      return (await fetch(new URL(path, app.address), { method: 'POST', headers, body, redirect: 'error' })).status;
    };
    const left = (to: string) =>
      app.count(
        `SELECT count(*) FROM subscriptions s JOIN addresses a ON a.id = s.address_id
         WHERE a.email = $1 AND s.state <> 'ended'`,
        [to],
      );

    it('all that is mailed of a thread, and nothing else', async () => {
      const [to, thread, other, ada] = [address(), await app.thread(), await app.thread(), await app.guest('Ada')];
      const root = await app.post(ada, thread, 'A question?');
      for (const one of [thread, other]) await subscribed(app, to, one, { kind: 'thread' });
      await subscribed(app, to, thread, { kind: 'comment', commentId: root.id });
      await app.post(await app.guest('Grace'), thread, 'An answer.', { parentId: root.id });
      const path = await link(to);
      expect([await click(path), await click(path), await left(to)]).toEqual([200, 200, 1]);
      await app.post(ada, thread, 'To nobody.', { parentId: root.id });
      await app.post(ada, other, 'To one.');
      expect((await server.of(to, 2)).at(-1)?.text).toContain('> To one.');
      await mailsAreOut(app);
      expect(server.all(to)).toHaveLength(2);
    });

    it('mentions, where nothing else is the cause of a mail, and not what is decided', async () => {
      const [to, thread, ada, grace] = [
        address(),
        await app.thread(),
        await app.guest('Ada'),
        await app.guest('Grace'),
      ];
      await confirmedAddress(app, to, { readerId: ada.id });
      const comment = await app.post(ada, thread, 'First.');
      const mention = (n: number) => app.post(grace, thread, `${n}: as @[Ada](reader:${ada.id}) said`);
      await mention(1);
      const path = await link(to);
      expect((await app.page(path)).text).toContain('Mentions of you, and that a comment of yours is published');
      expect((await server.of(to, 1))[0]?.text).toContain(path);
      expect([await click(path), await click(path)]).toEqual([200, 200]);
      await mention(2);
      await mailsAreOut(app);
      await app.decide(moderator, 'reject', [comment], { reason: 'abuse' });
      expect((await server.of(to, 2)).map(({ text }) => /as @Ada said|was taken down/.exec(text ?? '')?.[0])).toEqual([
        'as @Ada said',
        'was taken down',
      ]);
    });

    it('all that digests come from', async () => {
      const [to, threads, ada] = [address(), [await app.thread(), await app.thread()], await app.guest('Ada')];
      const reader = await app.guest('Grace');
      await confirmedAddress(app, to, { frequency: 'hourly', readerId: reader.id });
      await app.post(reader, threads[0] ?? '', 'First.');
      for (const one of threads) await subscribed(app, to, one, { kind: 'thread' });
      for (const one of threads) await app.post(ada, one, 'News.');
      await until(async () => (await outcomes(to)).length === 1, 'the digest to be queued');
      await later(3_700);
      expect([await click(await link(to)), await left(to)]).toEqual([200, 0]);
      await app.post(ada, threads[0] ?? '', `As @[Grace](reader:${reader.id}) said`);
      await mailsAreOut(app);
      expect(await outcomes(to)).toHaveLength(1);
    });
  });

  describe('are read again when they are sent', () => {
    const waiting = async (to: string, thread: string, body: string) => {
      await subscribed(app, to, thread, { kind: 'thread' });
      await bursts(60);
      const author = await app.guest('Ada');
      const comment = await app.post(author, thread, body);
      await until(async () => (await outcomes(to)).length === 1, 'a mail that waits');
      await bursts(0);
      return { author, comment };
    };

    it('and not sent of what was taken down', async () => {
      const [to, thread] = [address(), await app.thread()];
      const { comment } = await waiting(to, thread, 'Soon gone.');
      await app.decide(moderator, 'reject', [comment], { reason: 'abuse' });
      await later(400);
      await until(async () => (await outcomes(to))[0] === 'dropped nothing-left', 'the mail to be dropped');
      expect(server.all(to)).toEqual([]);
    });

    it('and not of what its author took back', async () => {
      const [to, thread] = [address(), await app.thread()];
      const { author, comment } = await waiting(to, thread, 'Soon gone.');
      await app.expect(204, `/comments/${comment.id}`, { method: 'DELETE', token: author.token });
      await later(400);
      await until(async () => (await outcomes(to))[0] === 'dropped nothing-left', 'the mail to be dropped');
    });

    it('and say what the comment says by then', async () => {
      const [to, thread] = [address(), await app.thread()];
      const { author, comment } = await waiting(to, thread, 'Before.');
      await app.expect(200, `/comments/${comment.id}`, {
        method: 'PATCH',
        token: author.token,
        body: { body: 'After.' },
      });
      await later(400);
      const [mail] = await server.of(to, 1);
      expect(mail?.text).toContain('> After.');
      expect(mail?.text).not.toContain('Before');
    });

    it('and not to who was mentioned, where the text mentions them no more', async () => {
      const [to, thread, ada, grace] = [
        address(),
        await app.thread(),
        await app.guest('Ada'),
        await app.guest('Grace'),
      ];
      await confirmedAddress(app, to, { readerId: ada.id });
      await app.post(ada, thread, 'First.');
      await bursts(60);
      const { id } = await app.post(grace, thread, `As @[Ada](reader:${ada.id}) said`);
      await until(async () => (await outcomes(to)).length === 1, 'a mail that waits');
      await bursts(0);
      const body = { body: 'As somebody said' };
      await app.expect(200, `/comments/${id}`, { method: 'PATCH', token: grace.token, body });
      await later(400);
      await until(async () => (await outcomes(to))[0] === 'dropped nothing-left', 'the mail to be dropped');
    });

    it('and not to who has unsubscribed, nor to an address that is suppressed', async () => {
      const [ended, suppressed, thread] = [address(), address(), await app.thread()];
      await subscribed(app, suppressed, thread, { kind: 'thread' });
      await waiting(ended, thread, 'For nobody.');
      await until(async () => (await outcomes(suppressed)).length === 1, 'the second mail');
      await app.pool.query(
        `UPDATE subscriptions SET state = 'ended', ended_at = clock_timestamp(), ended_by = 'mail'
         WHERE address_id = (SELECT id FROM addresses WHERE email = $1)`,
        [ended],
      );
      await app.pool.query(
        `UPDATE addresses SET suppressed_at = clock_timestamp(), suppressed_reason = 'complaint' WHERE email = $1`,
        [suppressed],
      );
      await later(400);
      await until(async () => (await outcomes(ended))[0] === 'dropped nothing-left', 'the mail to be dropped');
      await until(async () => (await outcomes(suppressed))[0] === 'dropped suppressed', 'the mail to be dropped');
      expect([...server.all(ended), ...server.all(suppressed)]).toEqual([]);
    });
  });

  describe('of decisions', () => {
    it('wait until the decision can not be undone any more, and tell nobody of what was undone', async () => {
      await app.settings({ undoSeconds: 2 });
      const [thread, author] = [await app.thread(), await app.guest('Ada')];
      const to = address();
      await confirmedAddress(app, to, { readerId: author.id });
      const comment = await app.post(author, thread, 'Judged.');
      const { batchId } = await app.decide(moderator, 'reject', [comment], { reason: 'abuse' });
      await app.settled();
      expect(server.all(to)).toEqual([]);
      await app.expect(200, `/moderation/decisions/${batchId}/undo`, { method: 'POST', token: moderator.token });
      const fact = `SELECT count(*) FROM notification_facts WHERE kind = 'decision' AND subject_id IN
        (SELECT id FROM decisions WHERE comment_id = $1)`;
      await until(async () => (await app.count(fact, [comment.id])) === 0, 'the fact to be forgotten');
      await app.settings({ undoSeconds: 0 });
      expect(await outcomes(to)).toEqual([]);
    });

    it('are statements of reasons to the author, without the text that was judged', async () => {
      const [thread, author] = [await app.thread({ title: 'The bridge' }), await app.guest('Ada')];
      const to = address();
      await confirmedAddress(app, to, { readerId: author.id });
      const comment = await app.post(author, thread, 'An unspeakable insult.');
      await app.decide(moderator, 'reject', [comment], { reason: 'abuse', explanation: 'Please stay polite.' });
      const [mail] = await server.of(to, 1);
      expect(mail?.subject).toBe('Your comment on “The bridge” is not public');
      expect(mail?.text).toContain('Your comment on “The bridge” was taken down.');
      expect(mail?.text).toContain('Reason: Insult or harassment. It attacks a person instead of a point.');
      expect(mail?.text).toContain('> Please stay polite.');
      expect(mail?.text).toMatch(/You can appeal until/);
      expect(`${mail?.text}${String(mail?.html)}`).not.toContain('unspeakable');
    });

    it('tell an author that a comment was published, and who reported what became of it', async () => {
      const thread = await app.thread({ title: 'The bridge', moderationMode: 'pre' });
      const [author, reporter] = [await app.guest('Ada'), await app.guest('Grace')];
      const [toAuthor, toReporter] = [address(), address()];
      await confirmedAddress(app, toAuthor, { readerId: author.id });
      await confirmedAddress(app, toReporter, { readerId: reporter.id });
      const comment = await app.post(author, thread, 'Held at first.');
      await app.decide(moderator, 'approve', [comment]);
      const [published] = await server.of(toAuthor, 1);
      expect(published?.subject).toBe('Your comment on “The bridge” is published');
      const reported = await app.post(author, await app.thread(), 'Out at once.');
      await app.settled();
      await app.expect(201, `/comments/${reported.id}/reports`, {
        method: 'POST',
        token: reporter.token,
        body: { reason: 'abuse' },
      });
      await app.decide(moderator, 'approve', [reported]);
      const [told] = await server.of(toReporter, 1);
      expect(told?.subject).toBe('What became of your report');
      expect(told?.text).toContain('We looked at it, and it stays.');
    });

    it('tell of sanctions, of the outcome of appeals, and of notices to who sent them', async () => {
      const [thread, author] = [await app.thread({ title: 'The bridge' }), await app.guest('Ada')];
      const [to, notifier] = [address(), address()];
      await confirmedAddress(app, to, { readerId: author.id });
      const admin = await app.staff('admin');
      const comment = await app.post(author, thread, 'Something.');
      await app.settled();
      await app.expect(201, '/sites/demo/notices', {
        method: 'POST',
        body: {
          ...{ commentId: comment.id, law: 'Act 1', explanation: 'It breaks the law in its first sentence.' },
          ...{ goodFaith: true, contact: { name: 'N. N.', email: notifier } },
        },
      });
      await app.decide(moderator, 'reject', [comment], { reason: 'illegal' });
      expect((await server.of(notifier, 1))[0]?.subject).toBe('Your notice: removed');
      await server.of(to, 1);
      const { items } = await app.expect<{ items: { id: string }[] }>(200, '/me/decisions', { token: author.token });
      const appeal = await app.expect<{ id: string }>(201, `/me/decisions/${items[0]?.id}/appeal`, {
        method: 'POST',
        token: author.token,
        body: { text: 'It does not.' },
      });
      await app.expect(200, `/moderation/appeals/${appeal.id}/outcome`, {
        method: 'POST',
        token: admin.token,
        body: { outcome: 'upheld', explanation: 'It does, in the second.' },
      });
      const [, outcome] = await server.of(to, 2);
      expect(outcome?.subject).toBe('Your appeal: the decision stands');
      expect(outcome?.text).toContain('> It does, in the second.');
      await app.expect(201, `/moderation/readers/${author.id}/sanctions`, {
        method: 'POST',
        token: admin.token,
        body: { kind: 'warn', reason: 'abuse', explanation: 'Once more and you are out.' },
      });
      const [, , sanction] = await server.of(to, 3);
      expect(sanction?.subject).toBe('A warning');
      expect(sanction?.text).toContain('> Once more and you are out.');
    });
  });

  it('name nobody but whom they go to', async () => {
    await mailsAreOut(app);
    const all = [...new Set(server.received.map(({ to }) => to))];
    for (const { to, raw, mail } of server.received) {
      // As it came over the wire, and as it reads: the wire's line breaks may stand in the middle of an address.
      const whole = [raw, mail.text, mail.html].join('\n');
      for (const other of all) if (other !== to) expect(whole).not.toContain(other);
      // Of what was not public any more, or never, when the mails went out.
      expect(whole).not.toMatch(/Soon gone|unspeakable|Before\./);
    }
    expect(all.length).toBeGreaterThan(8);
  });

  it('lead to pages that change nothing when all links of all mails are only opened', async () => {
    const links = new Set(server.received.flatMap(({ mail }) => linksIn(`${mail.text} ${String(mail.html)}`)));
    expect(new Set([...links].map((path) => path.slice(0, path.indexOf('_'))))).toEqual(
      new Set(['/unsubscribe/mu', '/unsubscribe/mx', '/unsubscribe/mm', '/preferences/mp']),
    );
    const state = `SELECT json_build_object('a', (SELECT json_agg(a ORDER BY a.id) FROM addresses a),
      's', (SELECT json_agg(s ORDER BY s.id) FROM subscriptions s), 'm', (SELECT json_agg(m ORDER BY m.id) FROM list_members m),
      'l', (SELECT count(*) FROM log_entries))::text AS state`;
    const { rows: before } = await app.pool.query(state);
    for (const path of links) {
      for (const method of ['GET', 'HEAD']) expect((await app.page(path, { method })).status).toBe(200);
    }
    expect((await app.pool.query(state)).rows).toEqual(before);
  });

  it('are listed nowhere but in development', async () => {
    expect((await app.page('/dev/mail')).status).toBe(404);
  });
});
