import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Comment, NewComment, Passage } from '../../web/shared/api-types.js';
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
    readonly ownerToken: string,
  ) {}

  /**
   * @param role `all` where jobs are to be worked too
   * @param more of the server's environment
   */
  static async open(role: 'web' | 'all' = 'web', more: Record<string, string> = {}): Promise<Stage> {
    // First, for it may be missing: then nothing else is left to end.
    const browser = await startChromium();
    const database = await createDatabase();
    const server = await PostilProcess.start({
      ROLE: role,
      DATABASE_URL: database.url,
      ADMIN_EMAIL: EMAIL,
      ADMIN_PASSWORD: PASSWORD,
      RATE_LIMITS: 'off',
      SECRET_KEY: 'a secret key that only tests know of',
      ...more,
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

  /** Signed in at the console, by keyboard alone; without `who` as the owner. */
  async moderator(options: BrowserContextOptions = {}, who = { email: EMAIL, password: PASSWORD }): Promise<Page> {
    const page = await this.window('/console', options);
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
    await page.keyboard.type(who.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(who.password);
    await page.keyboard.press('Enter');
    await page.getByText('Live', { exact: true }).waitFor();
    return page;
  }

  /** One more of the site's staff. */
  async addStaff(role: 'admin' | 'moderator'): Promise<{ email: string; password: string }> {
    const who = { email: `${role}@example.org`, password: PASSWORD };
    const body = { ...who, displayName: `The ${role}`, site: 'demo', role };
    await this.server.ask('/staff', { method: 'POST', token: this.ownerToken, body });
    return who;
  }

  /** A thread of its own, on a page of the publisher's own, whose address it answers; `html` is its article. */
  async thread(key: string, change: { html?: string; [field: string]: unknown } = {}): Promise<string> {
    if (change.html !== undefined) this.newsroom.print(key, change.html);
    const url = this.newsroom.article(key);
    const call = { method: 'PUT', token: this.ownerToken, body: { url, title: `Article ${key}`, ...change } };
    await this.server.ask(`/sites/demo/threads/${key}`, call);
    return url;
  }

  /** A question of the editors at words of the article. */
  async ask(thread: string, prompt: string, exact: string): Promise<Passage> {
    const body = { prompt, anchor: { selectors: [{ type: 'TextQuoteSelector', exact }] } };
    const call = { method: 'POST', token: this.ownerToken, body };
    return this.server.ask<Passage>(`/sites/demo/threads/${thread}/passages`, call);
  }

  /** @param on what it hangs on: a comment, a passage, or words of the article */
  async post(name: string, thread: string, body: string, on?: string | Partial<NewComment>): Promise<Comment> {
    const token = this.readers.get(name) ?? (await this.server.guest(name));
    this.readers.set(name, token);
    const target = typeof on === 'string' ? { parentId: on } : on;
    const call = { method: 'POST', token, body: { body, ...target } };
    return this.server.ask<Comment>(`/sites/demo/threads/${thread}/comments`, call);
  }

  /** A new text of the article, while pages that are open still show the last one. */
  async publish(key: string, html: string): Promise<void> {
    await this.thread(key, { html });
  }

  /** What waits in a thread. */
  async waiting(key: string): Promise<Comment[]> {
    const call = { token: this.ownerToken, query: { site: 'demo', thread: key } };
    const { items } = await this.server.ask<{ items: { comment: Comment }[] }>(
      '/moderation/queues/pending/items',
      call,
    );
    return items.map(({ comment }) => comment);
  }

  approve = (...comments: Comment[]) => this.decide('approve', comments);

  reject = (...comments: Comment[]) => this.decide('reject', comments);

  private async decide(action: string, comments: readonly Comment[]): Promise<void> {
    const items = comments.map(({ id, revision }) => ({ commentId: id, revision }));
    const call = { method: 'POST', token: this.ownerToken, body: { items, action } };
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
