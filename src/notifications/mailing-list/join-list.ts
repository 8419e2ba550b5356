import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { invalidField } from '../../platform/errors.js';
import { SiteCache, type SiteRow } from '../../sites/index.js';
import type { Asker } from '../../threads/index.js';
import { AddressKeys } from '../addresses/address-keys.js';
import { ASKED, type AskedView } from '../addresses/asked.view.js';
import { Asks } from '../addresses/asks.js';
import { languageOf } from '../addresses/languages.js';
import { mailingListStore } from './mailing-list.store.js';
import { MailingLists } from './mailing-lists.js';
import { pageOf } from './page-of.js';

export interface JoinListInput {
  siteKey: string;
  email: string;
  /** null: the site's default. */
  list: string | null;
  /** What the page showed; null: the newest. */
  textVersion: number | null;
  referer: string | undefined;
  origin: string | undefined;
  /** Where the box stood, if it was a page of this server; else the browser's word counts. */
  page?: string;
  asker: Asker;
}

/** Anybody puts an address into the newsletter box. Nothing of it depends on the address. */
@Injectable()
export class JoinList {
  constructor(
    private readonly sites: SiteCache,
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: MailingLists,
    private readonly keys: AddressKeys,
    private readonly asks: Asks,
  ) {}

  async run(input: JoinListInput): Promise<AskedView> {
    const { email, asker } = input;
    const site = await this.sites.siteByKey(input.siteKey);
    const { listId, textVersion } = await this.what(site, input);
    await this.asks.take({
      siteId: site.id,
      kind: 'list',
      email,
      readerId: null,
      language: languageOf(asker.acceptLanguage, site.settings.mailLanguage),
      network: this.keys.ofNetwork(asker.ip),
      data: { listId, textVersion, page: input.page ?? pageOf(input, site.origins) },
    });
    return ASKED;
  }

  private async what(site: SiteRow, { list: key, textVersion }: JoinListInput) {
    const list = await this.lists.stored(site.id, key);
    if (!list) throw invalidField('/list', 'The site has no such mailing list.', 'list-not-found');
    if (list.closed) throw invalidField('/list', 'The mailing list takes nobody new.', 'list-closed');
    const version = textVersion ?? list.textVersion;
    const text = await mailingListStore.text(this.unitOfWork.em, list.id, version);
    if (text === undefined) throw invalidField('/textVersion', 'The list never had a text of this version.');
    return { listId: list.id, textVersion: version };
  }
}
