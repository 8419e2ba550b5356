import { startApp, type App } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';

describe('mails', () => {
  let app: App;
  let mailbox: Mailbox;

  beforeAll(async () => {
    app = await startApp({ jobs: true, settings: { moderationMode: 'post', mailWindowSeconds: 0, undoSeconds: 0 } });
    mailbox = new Mailbox(app);
  });

  afterAll(() => app.stop());

  it('tells who subscribed to a thread of a new comment, and not its author', async () => {
    const thread = await app.thread({ title: 'The bridge' });
    const ada = await app.guest('Ada');
    await mailbox.subscribe('reader@example.org', thread, { kind: 'thread' });
    await app.post(ada, thread, 'A first *word*.');
    const [mail] = await mailbox.of('reader@example.org', 1);
    expect(mail?.subject).toBe('Ada commented on “The bridge”');
    expect(mail?.text).toContain('> A first word.');
  });
});
