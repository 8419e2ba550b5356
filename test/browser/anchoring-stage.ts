import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from './chromium.js';

const ORIGIN = 'https://paper.example';
const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A publisher's article: its HTML as the server is sent it, and the text that a reader of both would write down. */
export interface Article {
  name: string;
  html: string;
  text: string;
}

export const ARTICLES: readonly Article[] = ['wordpress', 'tables', 'scripts'].map((name) => ({
  name,
  html: readFileSync(file(`anchoring-articles/${name}.html`), 'utf8'),
  text: readFileSync(file(`anchoring-articles/${name}.txt`), 'utf8').trimEnd(),
}));

export const article = (name: string): Article => ARTICLES.find((one) => one.name === name)!;

/** A browser with pages of a publisher who is only there for it, and the module of anchoring on each. */
export class AnchoringStage {
  private constructor(
    private readonly browser: Browser,
    private readonly script: string,
  ) {}

  static async open(): Promise<AnchoringStage> {
    const browser = await startChromium();
    return new AnchoringStage(browser, await bundle());
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  /** The article is what stands in `#article`; `head` goes before it. */
  async page(html: string, head = ''): Promise<Page> {
    const page = await this.browser.newPage({ viewport: { width: 800, height: 600 } });
    page.on('pageerror', (error) => console.error(`on the page: ${error.message}`));
    await page.route('**/*', (route) =>
      route.request().url() === `${ORIGIN}/`
        ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: documentOf(html, head) })
        : route.abort(),
    );
    await page.goto(ORIGIN);
    await page.addScriptTag({ content: this.script });
    return page;
  }
}

const documentOf = (html: string, head: string): string => `<!doctype html>
<html lang="en">
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <title>An article</title>
  ${head}
  <body>
    <p>The paper’s own header.</p>
    <div id="article">${html}</div>
    <p id="after">The paper’s own footer.</p>
  </body>
</html>`;

async function bundle(): Promise<string> {
  const script = file('./anchoring-bundle.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script], { maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}
