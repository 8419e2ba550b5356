import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SiteCache } from '../../sites/index.js';
import { restrictedBy } from './restricted.js';
import { stateReasons } from './state-reasons.js';
import type { StatementView } from './statement.view.js';
import { TEXTS, type Language } from './texts/language.js';

/** Statements of reasons for mails to those on whom the restrictions fall. */
@Injectable()
export class Statements {
  constructor(private readonly sites: SiteCache) {}

  /** Of a decision or a sanction that is in force; undefined where it is not, or not any more. */
  async inForce(
    em: EntityManager,
    about: 'comment' | 'account',
    id: string,
    language: string,
  ): Promise<StatementView | undefined> {
    const [one] = await restrictedBy(em, [{ about, id }]);
    if (one?.state !== 'in-force') return undefined;
    const site = await this.sites.siteById(one.siteId);
    return stateReasons(one, { site, appeal: null, language: language in TEXTS ? (language as Language) : 'en' });
  }
}
