import { mkdirSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { commentBy, isLive, Stage, write } from './stage.js';

const SCREENSHOTS = 'test-results';
const NAMES = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve'];

let stage: Stage;
beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const bodies = (page: Page) => page.locator('.comments > .comment > article .body').allTextContents();
const overflow = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** What can be used but has no name that a screen reader could say. */
async function nameless(page: Page): Promise<string[]> {
  const tree = await page.locator('body').ariaSnapshot();
  return tree
    .split('\n')
    .filter((line) => /^\s*- (button|link|textbox|combobox|checkbox|form|group|img)(?! ")/.test(line));
}

describe('reading a thread', () => {
  it('goes on past the first page, in any order, and shows each comment once', async () => {
    const path = await stage.thread('long', { moderationMode: 'post' });
    const texts = Array.from({ length: 60 }, (_, n) => `Comment number ${n}`);
    for (const [n, text] of texts.entries()) await stage.post(NAMES[n % NAMES.length] ?? '', 'long', text);
    const page = await stage.window(path);
    const more = page.getByRole('button', { name: 'Load more comments' });
    await more.waitFor();
    const first = (await bodies(page)).length;
    expect(first).toBeLessThan(60);
    while (await more.isVisible()) {
      const known = (await bodies(page)).length;
      await more.click();
      await page.locator('.comments > .comment').nth(known).waitFor();
    }
    expect((await bodies(page)).map((text) => text.trim())).toEqual([...texts].reverse());

    await page.getByLabel('Sort by').selectOption('oldest');
    await page.locator('.comments > .comment').first().getByText('Comment number 0').waitFor();
    expect((await bodies(page)).map((text) => text.trim())).toEqual(texts.slice(0, first));
    for (const order of ['top', 'active']) {
      await page.getByLabel('Sort by').selectOption(order);
      await page.locator('.comments[aria-busy=false]').waitFor();
      expect(await bodies(page)).toHaveLength(first);
    }
  });

  it('needs no JavaScript', async () => {
    await conversation('welcome');
    const page = await stage.window('/t/demo/welcome', { javaScriptEnabled: false });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('Night buses are a lifeline').waitFor();
    await page.getByText('@Ada and what of Sundays?').waitFor();
    expect(await page.getByText('Something that still waits').count()).toBe(0);
    await page.screenshot({ path: `${SCREENSHOTS}/plain.png` });
    const article = await stage.window('/', { javaScriptEnabled: false });
    await article.getByRole('link', { name: 'read them as a plain page' }).click();
    await article.getByText('Night buses are a lifeline').waitFor();
  });

  it('says that it loads on a slow network', async () => {
    const path = await stage.thread('slow', { moderationMode: 'post' });
    await stage.post('Ada', 'slow', 'Worth waiting for');
    const page = await stage.blank();
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    const slow = { offline: false, latency: 400, downloadThroughput: 200_000, uploadThroughput: 50_000 };
    await network.send('Network.emulateNetworkConditions', slow);
    await page.goto(path);
    await page.getByText('Loading comments…').waitFor();
    await page.getByText('Worth waiting for').waitFor();
    await write(page, 'Your comment', 'Sent slowly', 'Ben');
    await page.getByRole('button', { name: 'Sending…' }).waitFor();
    await commentBy(page, 'Ben').waitFor();
  });

  it('hides the form where the thread is closed, at once where it is being read', async () => {
    const path = await stage.thread('closing', { moderationMode: 'post' });
    const page = await stage.window(path);
    const form = page.getByRole('form', { name: 'Your comment' });
    await form.waitFor();
    await isLive(page);
    await stage.thread('closing', { state: 'closed' });
    await form.waitFor({ state: 'hidden' });
    await page.getByText('This conversation is closed.').waitFor();
    await page.reload();
    await page.getByText('This conversation is closed.').waitFor();
    expect(await form.isVisible()).toBe(false);
  });

  const looks: [string, BrowserContextOptions][] = [
    ['1200-light', { viewport: { width: 1200, height: 900 }, colorScheme: 'light' }],
    ['1200-dark', { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' }],
    ['360-light', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
    ['360-dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
  ];

  it.each(looks)('fits its window and names what can be used: page and console, %s', async (name, options) => {
    const page = await stage.window('/', options);
    await commentBy(page, 'Ada').first().waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await nameless(page)).toEqual([]);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await page.screenshot({ path: `${SCREENSHOTS}/page-top-${name}.png` });
    await page.getByRole('region', { name: 'Comments' }).scrollIntoViewIfNeeded();
    await write(page, 'Your comment', 'A comment of **mine**, with a [link](https://example.org).', 'Zoë');
    await commentBy(page, 'Zoë').first().waitFor();
    await page.locator('#postil-thread').screenshot({ path: `${SCREENSHOTS}/page-${name}.png` });

    const console = await stage.moderator(options);
    await commentBy(console, 'Zoë').first().waitFor();
    expect(await overflow(console)).toBe(0);
    expect(await nameless(console)).toEqual([]);
    await console.keyboard.press('r');
    await console.getByRole('group', { name: 'Reason for rejecting' }).waitFor();
    await console.screenshot({ path: `${SCREENSHOTS}/console-${name}.png` });
    await console.keyboard.press('Escape');
    await console.keyboard.press('d');
    await console.getByRole('heading', { name: 'Revisions' }).waitFor();
    await console.screenshot({ path: `${SCREENSHOTS}/console-details-${name}.png` });
    expect(await overflow(console)).toBe(0);
  });
});

/** Roots and replies as people write them, approved. */
async function conversation(thread: string): Promise<void> {
  const roots = [
    await stage.post(
      'Ada',
      thread,
      'Night buses are a lifeline for those of us who clean the offices.\n\n> fewer of them\n\nThat is the part that worries me.',
    ),
    await stage.post('Ben', thread, 'I counted **eleven** people on the last one on a Tuesday. Averages hide that.'),
    await stage.post(
      'Cleo',
      thread,
      'A link to the timetable: https://example.org/a/very/long/path/that-does-not-break/anywhere/because/it-has-no-spaces-in-it/at-all.html',
    ),
  ];
  await stage.approve(...roots);
  const [first] = roots;
  const reply = await stage.post('Dan', thread, '@Ada and what of Sundays?', first?.id);
  await stage.approve(reply);
  const second = await stage.post('Ada', thread, 'Sundays as well, it says in the plan.', reply.id);
  await stage.approve(second);
  const third = await stage.post(
    'Eve',
    thread,
    '```\n23:10  23:40  00:10\n```\nThat is `N2`, for those who ask.',
    second.id,
  );
  await stage.approve(third);
  await stage.post('Eve', thread, 'Something that still waits, with two lines\nand an opinion on buses.');
}
