import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Inject, Injectable } from '@nestjs/common';
import { EnsureFirstOwner, EnsureSite, SignInHint } from './identity/index.js';
import { AskQuestion, CreateThread, SaveThread } from './threads/index.js';
import { CONFIG, type RuntimeConfig } from './platform/tokens.js';

export const DEMO_SITE = 'demo';
export const DEMO_THREAD = 'welcome';
const DEMO_TITLE = 'Aldermoor will run night buses every night, but fewer of them';
const DEMO_QUESTION = {
  prompt: 'Do you work at night? How do you get there, and home again?',
  anchor: { quote: { exact: 'One in eight said they had turned down work', prefix: '', suffix: '' } },
};
/** What stands in the demo page's article, put there by the build; where nothing was built (tests), there is no page. */
const DEMO_ARTICLE = fileURLToPath(new URL('../web/article.html', import.meta.url));

/** What a new installation begins with: its first owner and, unless switched off, the demo site with its article. */
@Injectable()
export class Beginning {
  constructor(
    private readonly firstOwner: EnsureFirstOwner,
    private readonly ensureSite: EnsureSite,
    private readonly createThread: CreateThread,
    private readonly saveThread: SaveThread,
    private readonly askQuestion: AskQuestion,
    private readonly hint: SignInHint,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {}

  /** Idempotent; several nodes may do it at once. */
  async run(): Promise<{ email: string; password: string } | undefined> {
    await this.firstOwner.run();
    if (this.config.demo) {
      await this.ensureSite.run({ key: DEMO_SITE, name: 'Postil demo', settings: { moderationMode: 'pre' } });
      await this.createThread.run({
        siteKey: DEMO_SITE,
        key: DEMO_THREAD,
        url: `${this.config.publicUrl}/`,
        title: DEMO_TITLE,
        origin: undefined,
      });
      // At every start: another build may show another text.
      if (existsSync(DEMO_ARTICLE)) {
        const html = await readFile(DEMO_ARTICLE, 'utf8');
        await this.saveThread.seed({ siteKey: DEMO_SITE, key: DEMO_THREAD, html });
        await this.askQuestion.seed({ siteKey: DEMO_SITE, threadKey: DEMO_THREAD, ...DEMO_QUESTION });
      }
    }
    return this.hint.run();
  }
}
