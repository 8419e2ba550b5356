import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cursor, isInstant, isUuid, page } from '../../platform/http/cursor.js';
import type { ReaderActor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { appealListStore } from '../appeals/appeal-list.store.js';
import { myAppealView } from '../appeals/appeal.view.js';
import { NEWEST, restrictedBy } from './restricted.js';
import { stateReasons } from './state-reasons.js';
import { statementStore } from './statement.store.js';
import type { StatementListView } from './statement.view.js';
import type { Language } from './texts/language.js';

/** What was done to my comments and to me, and why, newest first. What was undone or reversed stays, and says so. */
@Injectable()
export class MyDecisions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
  ) {}

  async run(
    actor: ReaderActor,
    { limit, cursor, language }: { limit: number; cursor?: string; language: Language },
  ): Promise<StatementListView> {
    const { em } = this.unitOfWork;
    const after = Cursor.decode('statements', cursor, isPosition) ?? NEWEST;
    const heads = await statementStore.ofReader(em, actor.readerId, after, limit + 1);
    const { items, nextCursor } = page(heads, limit, ({ at, id }) =>
      Cursor.encode('statements', [at.toISOString(), id]),
    );
    const [restricted, appeals, site] = await Promise.all([
      restrictedBy(em, items),
      appealListStore.ofSubjects(
        em,
        items.map(({ id }) => id),
      ),
      this.sites.siteById(actor.siteId),
    ]);
    const bySubject = new Map(appeals.map((row) => [row.decisionId ?? row.sanctionId, myAppealView(row)]));
    const statements = restricted.map((one) =>
      stateReasons(one, { site, appeal: bySubject.get(one.id) ?? null, language }),
    );
    return { items: statements, nextCursor };
  }
}

function isPosition(parts: readonly unknown[]): parts is [string, string] {
  return parts.length === 2 && isInstant(parts[0]) && isUuid(parts[1]);
}
