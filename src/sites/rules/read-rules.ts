import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ruleStore } from './rule.store.js';
import type { StoredRule } from './stored-rule.js';

/** A site's rules as they are now. Whether they may be seen, the caller asks. */
@Injectable()
export class ReadRules {
  /** Of a site whose rules were changed once; before that it has none here, and the defaults. */
  run(em: EntityManager, siteId: string): Promise<StoredRule[]> {
    return ruleStore.current(em, siteId);
  }

  /** What signs requests to the site's own services, sealed, by the rule. */
  async secrets(em: EntityManager, siteId: string): Promise<ReadonlyMap<string, Buffer>> {
    return new Map((await ruleStore.secrets(em, siteId)).map(({ id, sealed }) => [id, sealed]));
  }
}
