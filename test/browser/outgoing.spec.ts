import type { Page } from 'playwright-core';
import { HookServer } from '../support/hook-server.js';
import { MailServer } from '../support/mail-server.js';
import { until } from '../support/until.js';
import { Stage } from './stage.js';

const mails = new MailServer();
let hooks: HookServer;
let stage: Stage;

beforeAll(async () => {
  hooks = await HookServer.start();
  await mails.start();
  stage = await Stage.open('all', { OUTGOING_NETWORKS: '127.0.0.0/8', SMTP_URL: mails.url });
});
afterAll(async () => {
  await stage?.close();
  await hooks.stop();
  await mails.stop();
});

async function outgoing(console: Page, name: string): Promise<void> {
  await console.getByRole('link', { name: 'Outgoing' }).press('Enter');
  await console.getByRole('navigation', { name: 'Outgoing' }).getByRole('link', { name }).press('Enter');
  await console.getByRole('heading', { name, level: 2 }).waitFor();
}

/** What a worker did meanwhile is read anew. */
async function lookAgain(console: Page, text: string): Promise<void> {
  const panel = console.getByRole('complementary', { name: 'Details' });
  await until(async () => {
    await panel.getByRole('button', { name: 'Look again' }).press('Enter');
    return (await panel.getByText(text).count()) > 0;
  }, text);
}

describe('what leaves a site, in the console', () => {
  it('adds a webhook, shows its secret this once, and sends by hand what was refused', async () => {
    const url = hooks.url('/comments');
    hooks.always.set('/comments', { status: 500, body: 'out of order' });
    const console = await stage.moderator();
    await outgoing(console, 'Webhooks');
    await console.getByText('Nothing is sent anywhere.').waitFor();
    await console.getByRole('button', { name: 'New webhook' }).press('Enter');
    const form = console.getByRole('form', { name: 'Webhook' });
    const address = form.getByRole('textbox', { name: 'Address' });
    await form.getByRole('checkbox', { name: /^A comment became public/ }).press('Space');
    await address.fill('http://comments.example/');
    await address.press('Enter');
    await form.getByRole('alert').getByText(/https/).waitFor();
    await address.fill(url);
    await address.press('Enter');
    const dialog = console.getByRole('dialog', { name: 'Keep this secret' });
    const secret = await dialog.getByRole('textbox', { name: 'Secret' }).inputValue();
    expect(secret).toMatch(/^whsec_/);
    await dialog.getByRole('button', { name: 'I have kept it' }).press('Enter');
    await console.locator('dialog').waitFor({ state: 'detached' });
    const card = console.getByRole('article', { name: `Webhook ${url}` });
    await card.getByText('Works').waitFor();
    expect(await console.content()).not.toContain(secret);

    await card.getByRole('button', { name: /^Send a test/ }).press('Enter');
    await lookAgain(console, '500');
    hooks.always.delete('/comments');
    const panel = console.getByRole('complementary', { name: 'Details' });
    await panel.getByRole('button', { name: /^Send (now|again): / }).press('Enter');
    await lookAgain(console, '204');
    expect(new Set(hooks.at('/comments').map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    await console.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
  });

  it('hands over a list as CSV, whose addresses were confirmed, and sends again what a mail server refused', async () => {
    mails.onRecipient = (to) => (to.startsWith('late') ? { code: 554, text: '5.7.1 not now' } : 'accept');
    for (const email of ['early@example.org', 'late@example.org']) {
      await stage.server.ask('/sites/demo/mailing-list', { method: 'POST', body: { email, consent: true } });
    }
    const [mail] = await mails.of('early@example.org', 1);
    const link = /http\S+\/confirm\/\S+/.exec(mail?.text ?? '')![0];
    const reader = await stage.window(new URL(link).pathname);
    await reader.getByRole('button').first().press('Enter');
    await reader.getByRole('heading').first().waitFor();

    const console = await stage.moderator();
    await outgoing(console, 'Mailing lists');
    const list = console.getByRole('article', { name: /^Mailing list/ });
    await list.getByText('1 confirmed').waitFor();
    const download = console.waitForEvent('download');
    await list.getByRole('button', { name: /^Take as CSV/ }).press('Enter');
    const lines = await readAll(await (await download).createReadStream());
    expect(lines).toMatch(/^email,[^]*\r\nearly@example\.org,/);
    expect(lines).not.toContain('late@');
    await console.getByText('The log says that you took this list.').waitFor();

    await outgoing(console, 'Mails that failed');
    mails.onRecipient = () => 'accept';
    await console.getByText('5.7.1').waitFor();
    await console.getByRole('button', { name: /^Send again/ }).press('Enter');
    await console.getByText('There are none.').waitFor();
    await mails.of('late@example.org', 1);
  });

  it('is nothing for moderators, who may do none of it', async () => {
    const console = await stage.moderator({}, await stage.addStaff('moderator'));
    await console.getByRole('link', { name: 'Rules' }).press('Enter');
    await console.getByRole('heading', { name: 'Rules', level: 2 }).waitFor();
    expect(await console.getByRole('link', { name: 'Outgoing' }).count()).toBe(0);
    expect(await console.getByRole('button', { name: 'New rule' }).count()).toBe(0);
    await console.goto('/console#/outgoing/webhooks');
    await console.getByRole('heading', { name: 'Webhooks' }).waitFor({ state: 'detached' });
  });
});

async function readAll(stream: AsyncIterable<unknown>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
