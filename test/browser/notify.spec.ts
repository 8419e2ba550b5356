import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { until } from '../support/until.js';
import { commentBy, isLive, Stage, write } from './stage.js';

const SCREENSHOTS = 'test-results';

let stage: Stage;
beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  stage = await Stage.open('all');
  // A mail would wait, for what else may come of the same burst.
  const body = { settings: { mailWindowSeconds: 0, moderationMode: 'post' } };
  await stage.server.ask('/sites/demo', { method: 'PUT', token: stage.ownerToken, body });
});
afterAll(() => stage?.close());

/** The mails to an address with such a subject, as their pages' paths, newest first. */
async function mailsTo(address: string, subject: RegExp): Promise<string[]> {
  const { text } = await stage.server.page('/dev/mail');
  return text
    .split('<tr>')
    .filter((row) => row.includes(`<td>${address}</td>`) && subject.test(row))
    .map((row) => /href="(\/dev\/mail\/[^"]+)"/.exec(row)?.[1] ?? '');
}

/** Waits for the mail, and opens it as its reader does. */
async function openMail(page: Page, address: string, subject: RegExp): Promise<void> {
  await until(
    async () => (await mailsTo(address, subject)).length > 0,
    `a mail to ${address}: ${subject.source}`,
    () => stage.server.output,
  );
  const [path] = await mailsTo(address, subject);
  await page.goto(`${stage.server.address}${path}/html`);
}

/** Follows a link of the mail, in the same window. */
async function follow(page: Page, name: RegExp): Promise<void> {
  const href = await page.getByRole('link', { name }).first().getAttribute('href');
  await page.goto(href ?? '');
}

describe('notify of', () => {
  it('leads from the form over the mail and its link to mails about comments, and to their end', async () => {
    const path = await stage.thread('told', { title: 'Night buses' });
    const page = await stage.window(path);
    await isLive(page);
    await page.getByText('Notify of new comments or replies').click();
    const form = page.getByRole('form', { name: 'Notify of' });
    const email = form.getByLabel('Your e-mail');
    await email.fill('no address');
    await email.press('Enter');
    await page.getByRole('alert').getByText('This is no e-mail address.').waitFor();
    await email.fill('ada@example.org');
    await email.press('Enter');
    await page.getByText('If this address is right, a mail is on its way.').waitFor();

    // Mails and their pages work without JavaScript.
    const reader = await stage.blank({ javaScriptEnabled: false });
    await openMail(reader, 'ada@example.org', /confirm/i);
    await follow(reader, /^Yes, write to me/);
    await reader.getByText('New comments on “Night buses”').waitFor();
    await reader.getByRole('button', { name: 'Yes, write to me' }).click();
    await reader.getByRole('heading', { name: 'Thank you' }).waitFor();

    await stage.post('Ben', 'told', 'The last one left while they debated.');
    await openMail(reader, 'ada@example.org', /Night buses/);
    await reader.getByText('The last one left while they debated.', { exact: true }).waitFor();
    await reader.screenshot({ path: `${SCREENSHOTS}/mail-of-a-comment.png`, fullPage: true });
    await follow(reader, /^No more mails about this article/);
    await reader.getByRole('button', { name: 'Stop these mails' }).click();
    await reader.getByText('You will get no more of these mails:').waitFor();
  });

  it('asks beside the comment, keeps the choice, and shows what is followed to whoever asked', async () => {
    const path = await stage.thread('followed');
    const page = await stage.window(path);
    await isLive(page);
    const form = page.getByRole('form', { name: 'Your comment' });
    await form.getByLabel('Notify me of').selectOption('Replies to my comments here');
    await form.getByLabel('Your e-mail').fill('cleo@');
    await write(page, 'Your comment', 'Tell me what you think', 'Cleo');
    await page.getByRole('alert').getByText('This is no e-mail address.').waitFor();
    expect(await commentBy(page, 'Cleo').count()).toBe(0);
    await form.getByLabel('Your e-mail').fill('cleo@example.org');
    await write(page, 'Your comment', 'Tell me what you think');
    await commentBy(page, 'Cleo').waitFor();
    await until(
      async () => (await mailsTo('cleo@example.org', /confirm/i)).length === 1,
      'the mail that asks to confirm',
    );

    await page.reload();
    expect(await form.getByLabel('Notify me of').inputValue()).toBe('replies');
    expect(await form.getByLabel('Your e-mail').inputValue()).toBe('cleo@example.org');
    await page.getByText('Notify of new comments or replies').click();
    const followed = page.getByRole('list', { name: 'What you are told of here' });
    await followed.getByText('Replies to my comments here').waitFor();
    await page.locator('#postil-thread').screenshot({ path: `${SCREENSHOTS}/notify-of.png` });
    await followed.getByRole('button', { name: 'Stop: Replies to my comments here' }).click();
    await followed.waitFor({ state: 'hidden' });
    await form.getByRole('button', { name: 'Not you?' }).click();
    expect(await form.getByLabel('Your e-mail').inputValue()).toBe('');
  });
});

describe('the bell', () => {
  it('counts live what happened, leads there, and is used by keyboard', async () => {
    const path = await stage.thread('bell');
    const page = await stage.window(path, { viewport: { width: 320, height: 800 } });
    await isLive(page);
    expect(await page.getByRole('button', { name: /^Notifications/ }).count()).toBe(0);
    await write(page, 'Your comment', 'Who rides at four?', 'Dan');
    await commentBy(page, 'Dan').waitFor();
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    const { items } = await stage.server.ask<{ items: { id: string }[] }>('/sites/demo/threads/bell/comments');
    await stage.post('Eve', 'bell', 'I do, every other week.', items[0]?.id);

    const bell = page.getByRole('button', { name: 'Notifications, 1 unread' });
    await bell.focus();
    await page.keyboard.press('Enter');
    const inbox = page.getByRole('dialog', { name: 'Notifications' });
    await inbox.getByText('Eve replied to you').waitFor();
    // In the window also where the row is too narrow for what else it says.
    await page.context().setOffline(true);
    await page.getByText('Not live, reconnecting…').waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/inbox-320.png` });
    const { x = -1, width = 0 } = (await inbox.boundingBox()) ?? {};
    expect([x >= 0, x + width <= 320]).toEqual([true, true]);
    await page.context().setOffline(false);
    await isLive(page);
    const nasty = await stage.post('Eve', 'bell', 'You are a fool.', items[0]?.id);
    await inbox.getByText('You are a fool.').waitFor();
    await stage.reject(nasty);
    await inbox.getByText('You are a fool.').waitFor({ state: 'detached' });
    await stage.post('Eve', 'bell', 'And my neighbour.', items[0]?.id);
    await inbox.getByText('And my neighbour.').waitFor();
    await page.keyboard.press('Escape');
    await inbox.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Notifications, 2 unread' }).press('Enter');
    await inbox.getByRole('link', { name: 'Eve replied to you' }).last().click();
    await commentBy(page, 'Eve').getByText('I do, every other week.').waitFor();
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
    await inbox.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  });
});

describe('a mention', () => {
  it('is chosen among namesakes by keyboard, reads as a name, and is sent and edited by whose it is', async () => {
    const path = await stage.thread('mention');
    const kim = await stage.post('Kim', 'mention', 'The line is full at six.');
    const namesake = { method: 'POST', token: await stage.server.guest('Kim'), body: { body: 'Not on Sundays.' } };
    for (let n = 0; n < 2; n++) await stage.server.ask('/sites/demo/threads/mention/comments', namesake);
    const page = await stage.window(path, { viewport: { width: 390, height: 800 } });
    await isLive(page);
    const form = page.getByRole('form', { name: 'Your comment' });
    await form.getByLabel('Your name').fill('Lou');
    await form.getByRole('textbox', { name: 'Your comment' }).click();
    await page.context().setOffline(true);
    await page.keyboard.type('Ask @');
    await page.getByText('The names of people here can’t be loaded just now.').waitFor();
    await page.context().setOffline(false);
    await page.keyboard.type('k');
    const people = page.getByRole('listbox', { name: 'People of this thread' });
    await people.getByRole('option', { name: 'Kim', selected: true }).getByText('2 comments here').waitFor();
    await page.keyboard.press('ArrowDown');
    await people.getByRole('option', { name: 'Kim', selected: true }).getByText('1 comment here').waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/mention-390.png` });
    await page.keyboard.press('Enter');
    await people.waitFor({ state: 'hidden' });
    await page.keyboard.type('about it');
    expect(await form.getByLabel('Your comment', { exact: true }).inputValue()).toBe('Ask @Kim about it');
    await form.getByText('Mentioned: Kim').waitFor();
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/comments'));
    await form.getByRole('button', { name: 'Post comment' }).click();
    expect((await sent).postDataJSON()).toMatchObject({ body: `Ask @[Kim](reader:${kim.author.id}) about it` });
    const mine = commentBy(page, 'Lou');
    await mine.getByText('Ask @Kim about it').waitFor();
    await mine.getByRole('button', { name: 'Edit' }).click();
    const edited = page.getByRole('form', { name: 'Edit your comment' });
    expect(await edited.getByRole('textbox').inputValue()).toBe('Ask @Kim about it');
    await page.keyboard.press('End');
    await page.keyboard.type(' @');
    await people.waitFor();
    await page.keyboard.press('Escape');
    await people.waitFor({ state: 'hidden' });
    await edited.waitFor();
  });
});

describe('the service worker', () => {
  it('shows what is pushed once, however often it comes', async () => {
    const page = await stage.window('/');
    await page.context().grantPermissions(['notifications'], { origin: stage.server.address });
    const devtools = await page.context().newCDPSession(page);
    const known = new Promise<string>((resolve) => {
      devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
        const active = versions.find(({ status }) => status === 'activated');
        if (active) resolve(active.registrationId);
      });
    });
    await devtools.send('ServiceWorker.enable');
    await page.evaluate(`navigator.serviceWorker.register('/push-worker.js', { scope: '/push-worker/' })`);
    const registrationId = await known;
    const url = `${stage.server.address}/`;
    const pushed = {
      ...{ id: 'one', kind: 'reply', at: '2026-11-22T12:00:00.000Z', readAt: null, subjectId: null, outcome: null },
      thread: { key: 'welcome', title: 'Night buses', url },
      comment: { id: 'two', authorName: 'Ben', excerpt: 'And of Sundays?' },
    };
    const message = { origin: stage.server.address, registrationId, data: JSON.stringify(pushed) };
    for (let times = 0; times < 2; times++) await devtools.send('ServiceWorker.deliverPushMessage', message);
    const shown = () =>
      page.evaluate<unknown[]>(`navigator.serviceWorker.getRegistration('/push-worker/')
        .then((one) => one.getNotifications())
        .then((all) => all.map(({ title, body, data }) => ({ title, body, url: data.url })))`);
    await until(async () => (await shown()).length > 0, 'the notification');
    expect(await shown()).toEqual([
      { title: 'Ben replied to you', body: 'And of Sundays?', url: `${url}#comment-two` },
    ]);
  });
});

describe('the newsletter box', () => {
  it('says the same to everybody, and the mail leads onto the list', async () => {
    const page = await stage.window('/');
    const host = page.locator('#postil-newsletter');
    await host.scrollIntoViewIfNeeded();
    const box = page.getByRole('region', { name: 'Newsletter' });
    await box.getByText('Subscribe to our mailing list and get interesting stuff').waitFor();
    await box.getByLabel('Your e-mail').fill('not one');
    await box.getByRole('button', { name: 'Subscribe' }).click();
    await box.getByRole('alert').getByText('Give an e-mail address').waitFor();
    await page.context().setOffline(true);
    await box.getByLabel('Your e-mail').fill('fay@example.org');
    await box.getByRole('button', { name: 'Subscribe' }).click();
    await box.getByRole('alert').getByText('Something went wrong.').waitFor();
    await page.context().setOffline(false);
    await box.getByRole('button', { name: 'Subscribe' }).click();
    await box.getByText('Check your mail.').waitFor();
    await host.screenshot({ path: `${SCREENSHOTS}/newsletter.png` });

    const reader = await stage.blank({ javaScriptEnabled: false });
    await openMail(reader, 'fay@example.org', /./);
    await follow(reader, /^Yes, put me on the list/);
    await reader.getByRole('button', { name: 'Yes, put me on the list' }).click();
    await reader.getByRole('heading', { name: 'Thank you for subscribing' }).waitFor();

    await box.getByRole('button', { name: 'Use another address' }).click();
    await box.getByLabel('Your e-mail').fill('fay@example.org');
    await box.getByRole('button', { name: 'Subscribe' }).click();
    await box.getByText('Check your mail.').waitFor();
    const path = '/sites/demo/mailing-lists/newsletter';
    const { members } = await stage.server.ask<{ members: object }>(path, { token: stage.ownerToken });
    expect(members).toEqual({ pending: 0, confirmed: 1, withdrawn: 0 });
  });
});
