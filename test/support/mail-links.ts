import { AddressKeys } from '../../src/notifications/addresses/address-keys.js';
import { AddressTokens } from '../../src/notifications/addresses/address-tokens.js';
import { DEMO_SITE } from '../../src/demo.js';
import type { App } from './app.js';
import { until } from './until.js';

interface Stored {
  id: string;
  tokenGeneration: number;
}

/** The addresses of the demo site as they are stored, and the paths that mails to them would hold. */
export class MailLinks {
  private readonly tokens: AddressTokens;
  private readonly keys: AddressKeys;

  constructor(private readonly app: App) {
    this.tokens = app.node.app.get(AddressTokens, { strict: false });
    this.keys = app.node.app.get(AddressKeys, { strict: false });
  }

  keyOf(siteId: string, email: string): Buffer {
    return this.keys.ofEmail(siteId, email);
  }

  /** Found as the server finds it: by its keyed hash. */
  async address(email: string): Promise<Stored> {
    const { rows: sites } = await this.app.pool.query<{ id: string }>('SELECT id FROM sites WHERE key = $1', [
      DEMO_SITE,
    ]);
    const { rows } = await this.app.pool.query<Stored>(
      'SELECT id, token_generation AS "tokenGeneration" FROM addresses WHERE email_key = $1',
      [this.keyOf(sites[0]?.id ?? '', email)],
    );
    if (!rows[0]) throw new Error(`${email} is not stored`);
    return rows[0];
  }

  async confirm(email: string): Promise<string> {
    return pathOf(this.tokens.confirmUrl(await this.address(email)));
  }

  async preferences(email: string): Promise<string> {
    return pathOf(this.tokens.preferencesUrl(await this.address(email)));
  }

  async unsubscribe(email: string, subscriptionId: string): Promise<string> {
    const { tokenGeneration } = await this.address(email);
    return pathOf(this.tokens.unsubscribeUrl({ id: subscriptionId, tokenGeneration }));
  }

  /** Of the only list that the address was put on. */
  async joinList(email: string): Promise<string> {
    const { id, tokenGeneration } = await this.address(email);
    const { rows } = await this.app.pool.query<{ id: string }>('SELECT id FROM list_members WHERE address_id = $1', [
      id,
    ]);
    return pathOf(this.tokens.listConfirmUrl({ id: rows[0]?.id ?? '', tokenGeneration }));
  }
}

/** The page behind a link, its button pressed. */
export function press(app: App, path: string, fields: Record<string, string> = {}) {
  return app.page(path, {
    method: 'POST',
    rawBody: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
}

/** Waits until all that was asked for has been looked into. */
export async function lookedInto(app: App): Promise<void> {
  await app.settled();
  await until(async () => (await app.count('SELECT count(*) FROM address_asks')) === 0, 'asks to be looked into');
}

/** The paths of Postil's own pages in a mail. */
export function linksIn(text: string): string[] {
  return [...text.matchAll(/https?:\/\/[^\s/"<>]+(\/(?:confirm|unsubscribe|preferences)\/[\w.-]+)/g)].map(
    ([, path]) => path ?? '',
  );
}

function pathOf(url: string): string {
  return new URL(url).pathname;
}
