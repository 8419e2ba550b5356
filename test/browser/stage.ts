import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Comment } from '../../web/shared/api-types.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { PostilProcess } from '../support/postil-process.js';
import { startChromium } from './chromium.js';
import { Newsroom } from './newsroom.js';

const EMAIL = 'owner@example.org';
const PASSWORD = 'only tests know this one';
/** Of a locator; the suites share two cores with what else runs. */
const PATIENCE_MS = 20_000;

/** A server as it is built, a browser, and the people who use both. */
export class Stage {
  private readonly readers = new Map<string, string>();
  private constructor(
    private readonly database: TestDatabase,
    readonly server: PostilProcess,
    private readonly browser: Browser,
    private readonly newsroom: Newsroom,
    private readonly ownerToken: string,
  ) {}

  static async open(): Promise<Stage> {
    // First, for it may be missing: then nothing else is left to end.
    const browser = await startChromium();
    const database = await createDatabase();
    const server = await PostilProcess.start({
      ROLE: 'web',
      DATABASE_URL: database.url,
      ADMIN_EMAIL: EMAIL,
      ADMIN_PASSWORD: PASSWORD,
      RATE_LIMITS: 'off',
      SECRET_KEY: 'a secret key that only tests know of',
    });
    await server.running();
    const { token } = await server.owner(PASSWORD, EMAIL);
    const newsroom = await Newsroom.open(server.address);
    await server.ask('/sites/demo', { method: 'PUT', token, body: { origins: [newsroom.origin] } });
    return new Stage(database, server, browser, newsroom, token);
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.newsroom.close();
    await this.server.end('SIGTERM');
    await this.database.drop();
  }

  /** A browser of its own: no storage is shared with others. */
  async window(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.blank(options);
    await page.goto(path);
    return page;
  }

  async blank(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ baseURL: this.server.address, ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`on the page: ${error.message}`));
    return page;
  }

  /** Signed in at the console, by keyboard alone. */
  async moderator(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.window('/console', options);
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
    await page.keyboard.type(EMAIL);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('Live', { exact: true }).waitFor();
    return page;
  }

  /** A thread of its own, on a page of the publisher's own, whose address it answers. */
  async thread(key: string, change: Record<string, unknown> = {}): Promise<string> {
    const url = this.newsroom.article(key);
    const call = { method: 'PUT', token: this.ownerToken, body: { url, title: `Article ${key}`, ...change } };
    await this.server.ask(`/sites/demo/threads/${key}`, call);
    return url;
  }

  async post(name: string, thread: string, body: string, parentId?: string): Promise<Comment> {
    const token = this.readers.get(name) ?? (await this.server.guest(name));
    this.readers.set(name, token);
    const call = { method: 'POST', token, body: { body, parentId } };
    return this.server.ask<Comment>(`/sites/demo/threads/${thread}/comments`, call);
  }

  async approve(...comments: Comment[]): Promise<void> {
    const items = comments.map(({ id, revision }) => ({ commentId: id, revision }));
    const call = { method: 'POST', token: this.ownerToken, body: { items, action: 'approve' } };
    await this.server.ask('/moderation/decisions', call);
  }
}

export const commentBy = (page: Page, name: string): Locator =>
  page.getByRole('article', { name: `Comment by ${name}` });

export const isLive = (page: Page): Promise<void> => page.getByText('Live', { exact: true }).waitFor();

/** Writes into the form that is called `label`, and sends it. */
export async function write(page: Page, label: string, text: string, name?: string): Promise<void> {
  const form = page.getByRole('form', { name: label });
  await form.getByRole('textbox', { name: label }).fill(text);
  if (name !== undefined) await form.getByRole('textbox', { name: 'Your name' }).fill(name);
  await form.locator('button[type=submit]').click();
}
