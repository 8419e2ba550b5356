import { startApp, type App } from '../support/app.js';
import { subscribed } from '../support/mailbox.js';
import { until } from '../support/until.js';

describe('/dev/mail', () => {
  let app: App;

  beforeAll(async () => {
    app = await startApp({ jobs: true, settings: { moderationMode: 'post', mailWindowSeconds: 0 } });
  });
  afterAll(() => app.stop());

  it('shows what would have gone out, with headers, and nothing of it runs', async () => {
    const thread = await app.thread({ title: 'The <bridge>' });
    await subscribed(app, 'reader@example.org', thread, { kind: 'thread' });
    await app.post(await app.guest('Ada'), thread, 'A word.');
    await until(async () => (await app.count('SELECT count(*) FROM kept_mails')) === 1, 'the mail');
    const list = await app.page('/dev/mail');
    expect(list.status).toBe(200);
    expect(list.text).toContain('Ada commented on “The &lt;bridge&gt;”');
    const path = /href="(\/dev\/mail\/[\w-]{36})"/.exec(list.text)?.[1] ?? '';
    const one = await app.page(path);
    expect(one.text).toContain('To: reader@example.org');
    expect(one.text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(one.text).toContain('&gt; A word.');
    expect(one.text).toContain(`sandbox="allow-popups" src="${path}/html"`);
    const frame = await app.page(`${path}/html`);
    expect(frame.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*sandbox allow-popups$/);
    expect(frame.text).toContain('The &lt;bridge&gt;');
    for (const gone of [`${path}x`, '/dev/mail/x', path.replace(/.{6}$/, 'ffffff')]) {
      expect((await app.page(gone)).status).toBe(404);
    }
  });
});
