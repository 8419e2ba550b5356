import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError, invalidField } from '../../platform/errors.js';
import { newId } from '../../platform/new-id.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { auditActor, authorise, type Actor } from '../../identity/index.js';
import { parseRules, type Rule } from '../../screening/index.js';
import { SiteCache } from '../../sites/index.js';
import { dryRunStore } from './dry-run.store.js';
import { dryRunDetailView, type DryRunDetailView } from './dry-run.view.js';
import { externalRule, tooManyDryRuns } from './dry-runs.errors.js';
import type { DryRunRequest, LastRequest } from './dry-runs.request.js';
import { DRY_RUN } from './work-dry-runs.js';

/** Of a site at once; they run one after the other. */
const MOST_OPEN = 5;
const UNNAMED = 'dry-run';

/** Orders a rule to be tried on past comments. Nothing comes of it but figures. */
@Injectable()
export class StartDryRun {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  async run(actor: Actor, input: DryRunRequest): Promise<DryRunDetailView> {
    const site = await this.sites.siteByKey(input.site);
    const staff = authorise(actor, 'rule.dry-run', site.id, 'site');
    const rule = ruleOf(input.rule);
    const { comments, days } = lastOf(input.last);
    const id = newId();
    const row = await this.unitOfWork.run(async (em) => {
      if ((await dryRunStore.openOf(em, site.id)) >= MOST_OPEN) throw tooManyDryRuns(MOST_OPEN);
      await dryRunStore.insert(em, { id, siteId: site.id, staffId: staff.staffId, rule, lastComments: comments, days });
      await this.audit.record(em, [
        {
          siteId: site.id,
          actor: auditActor(staff),
          action: 'rule.dry-run-started',
          subjectKind: 'dry-run',
          subjectId: id,
          codes: { rule: rule.id, kind: rule.kind, ...(comments === null ? { days } : { comments }) },
        },
      ]);
      const order = { siteId: site.id, streamId: null, subjectId: id, topic: 'job.ordered', data: { task: DRY_RUN } };
      await this.outbox.append(em, [order]);
      return dryRunStore.byId(em, id);
    });
    this.outbox.written();
    if (!row) throw new Error('a dry-run that was just stored is not there');
    return dryRunDetailView(row, new Map());
  }
}

/** @throws validation, rule-not-replayable */
function ruleOf(given: Record<string, unknown>): Rule {
  if (given.kind === 'external') throw externalRule();
  const read = parseRules([{ id: UNNAMED, ...given }]);
  if ('problems' in read) {
    const errors = read.problems.map(({ pointer, detail }) => ({ pointer: pointer.replace(/^\/0/, '/rule'), detail }));
    throw new DomainError('invalid', 'validation', 'The rule is not one that can be tried.', errors);
  }
  return read.rules[0] as Rule;
}

/** @throws validation */
function lastOf({ comments, days }: LastRequest): { comments: number | null; days: number | null } {
  if ((comments === undefined) === (days === undefined)) {
    throw invalidField('/last', 'It says either `comments` or `days`: one of the two.');
  }
  return { comments: comments ?? null, days: days ?? null };
}
