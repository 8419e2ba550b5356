import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Actor } from '../../identity/index.js';
import { StatementExport, type ExportInput } from './statement-export.js';
import { summaryOf } from './summary.js';
import { transparencyStore } from './transparency.store.js';
import type { TransparencyView } from './transparency.view.js';

const SHOWN = 100;

/** The figures that Articles 15 and 24 of the DSA ask for, and the first statements of reasons: all of one moment. */
@Injectable()
export class ReadTransparency {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly statements: StatementExport,
  ) {}

  async run(actor: Actor, input: ExportInput): Promise<TransparencyView> {
    const scope = await this.statements.scope(actor, input);
    const { sites, period } = scope;
    return this.unitOfWork.snapshot(async (em) => {
      const counted = await transparencyStore.counts(em, [...sites.keys()], period);
      const { items, nextCursor } = await this.statements.first(em, scope, SHOWN);
      return {
        sites: [...sites.values()].map(({ key }) => key).sort(),
        from: period.from.toISOString(),
        to: period.to.toISOString(),
        counts: summaryOf(counted, sites),
        statements: items,
        nextCursor,
      };
    });
  }
}
