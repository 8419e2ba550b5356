import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cursor, isInstant, isUuid, page } from '../../platform/http/cursor.js';
import { authorise, requireStaff, sitesWhere, type Actor } from '../../identity/index.js';
import { SiteCache, type SiteRow } from '../../sites/index.js';
import { restrictedBy } from '../statements/restricted.js';
import type { StatementPosition } from '../statements/statement.store.js';
import { dsaStatement } from './dsa-statement.js';
import { periodOf, type Period } from './period.js';
import { transparencyStore } from './transparency.store.js';
import type { DsaStatementListView } from './transparency.view.js';

const OLDEST: StatementPosition = ['-infinity', '00000000-0000-0000-0000-000000000000'];
const LINES = 500;

export interface ExportInput {
  site?: string;
  from?: string;
  to?: string;
}

/** What a person may read: of these sites, by id, in this period. */
export interface Scope {
  sites: ReadonlyMap<string, SiteRow>;
  period: Period;
}

/** Statements of reasons of a period as the EU's database takes them, oldest first. */
@Injectable()
export class StatementExport {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, input: ExportInput & { limit: number; cursor?: string }): Promise<DsaStatementListView> {
    const scope = await this.scope(actor, input);
    const after = Cursor.decode('transparency', input.cursor, isPosition) ?? OLDEST;
    return this.page(this.unitOfWork.em, scope, after, input.limit);
  }

  /** One line a statement. Nothing is held in memory but a page. */
  async lines(actor: Actor, input: ExportInput): Promise<AsyncIterable<string>> {
    return this.linesOf(await this.scope(actor, input));
  }

  async scope(actor: Actor, { site: key, ...period }: ExportInput): Promise<Scope> {
    const staff = requireStaff(actor);
    const mine = key === undefined ? await this.sitesOf(staff) : [await this.sites.siteByKey(key)];
    for (const { id } of mine) authorise(staff, 'transparency.read', id, 'site');
    return { sites: new Map(mine.map((site) => [site.id, site])), period: periodOf(period, this.clock.now()) };
  }

  async page(
    em: EntityManager,
    { sites, period }: Scope,
    after: StatementPosition,
    limit: number,
  ): Promise<DsaStatementListView> {
    const heads = await transparencyStore.page(em, [...sites.keys()], period, { after, limit: limit + 1 });
    const { items, nextCursor } = page(heads, limit, ({ at, id }) =>
      Cursor.encode('transparency', [at.toISOString(), id]),
    );
    const statements = (await restrictedBy(em, items)).flatMap((one) => {
      const site = sites.get(one.siteId);
      return site ? [dsaStatement(one, site)] : [];
    });
    return { items: statements, nextCursor };
  }

  first(em: EntityManager, scope: Scope, limit: number): Promise<DsaStatementListView> {
    return this.page(em, scope, OLDEST, limit);
  }

  private async *linesOf(scope: Scope): AsyncGenerator<string> {
    let after: StatementPosition | undefined = OLDEST;
    while (after) {
      const { items, nextCursor } = await this.page(this.unitOfWork.em, scope, after, LINES);
      yield items.map((item) => `${JSON.stringify(item)}\n`).join('');
      after = Cursor.decode('transparency', nextCursor ?? undefined, isPosition);
    }
  }

  private sitesOf(actor: Actor): Promise<SiteRow[]> {
    return Promise.all(sitesWhere(actor, 'transparency.read').map((id) => this.sites.siteById(id)));
  }
}

function isPosition(parts: readonly unknown[]): parts is [string, string] {
  return parts.length === 2 && isInstant(parts[0]) && isUuid(parts[1]);
}
