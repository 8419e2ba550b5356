import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SiteCache, type SiteRow } from '../../sites/index.js';
import { addressStore, type AddressRow } from '../addresses/address.store.js';
import { isLanguage, type Language } from '../addresses/languages.js';
import { PAGE_WORDS } from '../words/pages/index.js';
import type { PageWords } from '../words/pages/page-words.js';

/** Who follows a link, as the request says it. */
export interface Follower {
  /** Of the browser, for where the address has none. */
  language: Language;
  network: Buffer;
}

/** An address whose link was followed, and how to speak to its owner. */
export interface Followed {
  address: AddressRow;
  site: SiteRow;
  language: Language;
  words: PageWords;
}

/** What links in mails lead to. */
@Injectable()
export class MailLink {
  constructor(private readonly sites: SiteCache) {}

  /**
   * Undefined where the address is forgotten, or its links were replaced by newer ones.
   * @param lock for what is going to change it
   */
  async follow(
    em: EntityManager,
    { addressId, generation }: { addressId: string; generation: number },
    { language }: Follower,
    { lock }: { lock: boolean },
  ): Promise<Followed | undefined> {
    const address = await (lock ? addressStore.lock(em, addressId) : addressStore.byId(em, addressId));
    if (!address || address.tokenGeneration !== generation) return undefined;
    const spoken = isLanguage(address.language) ? address.language : language;
    return { address, site: await this.sites.siteById(address.siteId), language: spoken, words: PAGE_WORDS[spoken] };
  }
}
