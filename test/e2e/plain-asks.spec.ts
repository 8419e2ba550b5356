import { startApp, type App } from '../support/app.js';
import { MailLinks, press } from '../support/mail-links.js';
import { until } from '../support/until.js';

describe('the forms of the plain page', () => {
  let app: App;
  let thread: string;

  beforeAll(async () => {
    app = await startApp({ jobs: true });
    thread = await app.thread({ title: 'Night buses' });
  });
  afterAll(() => app.stop());

  const path = (ask = '') => `/t/demo/${thread}${ask === '' ? '' : `/${ask}`}`;
  const send = (ask: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.page(path(ask), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      rawBody: new URLSearchParams(fields).toString(),
    });
  /** What the browser would send of a form on the page. */
  const fieldsOf = (html: string, ask: string): Record<string, string> => {
    const [form = ''] = html.split('<form').filter((part) => part.includes(`action="${path(ask)}"`));
    const hidden = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
    return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
  };

  it('put an address on the mailing list once its owner has followed the link, with the proof of what was shown where', async () => {
    const { text } = await app.page(path());
    expect(text).toContain('Subscribe to our mailing list');
    const fields = fieldsOf(text, 'mailing-list');
    expect(fields).toEqual({ list: 'newsletter', textVersion: '1' });
    const answer = await send('mailing-list', { ...fields, email: 'fay@example.org' });
    expect([answer.status, answer.text]).toEqual([202, expect.stringContaining('<h1 dir="auto">Check your mail</h1>')]);
    await until(async () => (await app.count('SELECT count(*) FROM list_members')) > 0, 'the ask to be taken');
    const link = await new MailLinks(app).joinList('fay@example.org');
    const { text: thanks } = await press(app, link);
    expect(thanks).toContain('Thank you for subscribing');
    const { rows } = await app.pool.query('SELECT kind, text_version, page FROM list_consents ORDER BY id');
    expect(rows[0]).toEqual({ kind: 'asked', text_version: 1, page: `http://comments.example${path()}` });
  });

  it('subscribe to a thread, where it is open', async () => {
    expect((await send('subscriptions', { email: 'gil@example.org' })).status).toBe(202);
    await until(async () => (await app.count('SELECT count(*) FROM subscriptions')) > 0, 'the ask to be taken');
    await press(app, await new MailLinks(app).confirm('gil@example.org'));
    const kinds = await app.pool
      .query(`SELECT s.kind, s.state FROM subscriptions s JOIN addresses a ON a.id = s.address_id
                                        WHERE a.email = 'gil@example.org'`);
    expect(kinds.rows).toEqual([{ kind: 'thread', state: 'confirmed' }]);
    const closed = await app.thread({ state: 'closed' });
    const { text } = await app.page(`/t/demo/${closed}`);
    expect(text).not.toContain('/subscriptions"');
    expect(text).toContain('/mailing-list"');
  });

  it('answer alike for every address, whatever is known of it', async () => {
    const pages = [];
    for (const email of ['fay@example.org', 'gil@example.org', 'nobody@example.org']) {
      for (const ask of ['mailing-list', 'subscriptions']) {
        const { status, text } = await send(ask, { email });
        pages.push([ask, status, text]);
      }
    }
    expect(new Set(pages.map((page) => page.join(' '))).size).toBe(2);
  });

  it('say what went wrong, and let it be mended', async () => {
    const wrong = await send('mailing-list', { email: '"><b>fay', list: 'newsletter' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Something went wrong');
    expect(wrong.text).toContain('value="&quot;&gt;&lt;b&gt;fay"');
    expect(fieldsOf(wrong.text, 'mailing-list')).toEqual({ list: 'newsletter', textVersion: '1' });
    const noList = await send('mailing-list', { email: 'fay@example.org', list: 'none' });
    expect([noList.status, noList.text]).toEqual([422, expect.stringContaining('The site has no such mailing list.')]);
    const noThread = await app.page('/t/demo/nothing/subscriptions', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      rawBody: 'email=fay%40example.org',
    });
    expect(noThread.status).toBe(404);
    const german = await send('mailing-list', { email: 'x' }, { 'accept-language': 'de' });
    expect(german.text).toContain('Das ist keine E-Mail-Adresse.');
    const json = { method: 'POST', body: { email: 'fay@example.org' } };
    expect((await app.page(path('mailing-list'), json)).status).toBe(415);
  });

  it('need neither cookie nor session, and change nothing by being looked at', async () => {
    const { headers } = await app.page(path());
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('content-security-policy')).toContain("form-action 'self'");
    await until(async () => (await app.count('SELECT count(*) FROM address_asks')) === 0, 'earlier asks to be taken');
    const before = await app.count('SELECT count(*) FROM list_consents');
    const looked = await app.page(path('mailing-list'));
    expect(looked.text).toContain('Night buses');
    expect(await app.count('SELECT count(*) FROM list_consents')).toBe(before);
  });
});
