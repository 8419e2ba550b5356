import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors.js';
import { authorise, can, type Actor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { queueStore } from '../queue.store.js';
import { statStore, type Period } from './stat.store.js';
import type { StatsQuery } from './stats.request.js';
import type { StatsView } from './stats.view.js';
import { appealStats, Figures, moderatorStats, queueStats, ruleStats } from './summary.js';

const DAY_MS = 86_400_000;
const MOST_DAYS = 92;
const USUAL_DAYS = 7;

/** How moderation goes on a site. All figures are of one moment, and exact. */
@Injectable()
export class ReadStats {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, query: StatsQuery): Promise<StatsView> {
    const site = await this.sites.siteByKey(query.site);
    const staff = authorise(actor, 'stats.read', site.id, 'site');
    const seesAll = can(actor, 'stats.moderators', site.id);
    const period = periodOf(query, this.clock.now());
    return this.unitOfWork.snapshot(async (em) => {
      const figures = new Figures(await statStore.figures(em, site.id, period));
      const counts = await queueStore.counts(em, site.id);
      const reports = new Map((await statStore.reports(em, site.id, period)).map(({ state, n }) => [state, n]));
      const appeals = await statStore.appeals(em, site.id, period);
      const appealed = appeals.flatMap(({ staffId }) => staffId ?? []);
      const decided = [...new Set([...figures.subjects('staff-decided'), ...appealed])];
      const shown = seesAll ? decided : decided.filter((id) => id === staff.staffId);
      const names = await statStore.names(em, shown);
      const moderators = shown.map((id) => moderatorStats(figures, appeals, { id, name: names.get(id) ?? '' }));
      return {
        site: site.key,
        ...period,
        queues: queueStats(figures, counts, appeals),
        moderators: moderators.sort((a, b) => (a.staff.name < b.staff.name ? -1 : 1)),
        rules: ruleStats(figures),
        reports: {
          agreed: reports.get('agreed') ?? 0,
          disagreed: reports.get('disagreed') ?? 0,
          ignored: reports.get('ignored') ?? 0,
        },
        appeals: appealStats(appeals),
      };
    });
  }
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** @throws malformed-parameter */
function periodOf({ from, to }: StatsQuery, now: Date): Period {
  const last = to === undefined ? now.getTime() : Date.parse(to);
  const first = from === undefined ? last - (USUAL_DAYS - 1) * DAY_MS : Date.parse(from);
  const days = Math.round((Date.parse(dayOf(last)) - Date.parse(dayOf(first))) / DAY_MS) + 1;
  if (days >= 1 && days <= MOST_DAYS) return { from: dayOf(first), to: dayOf(last) };
  const detail =
    days < 1 ? 'It is not after `to`.' : `The period has ${days} days; figures are given for ${MOST_DAYS} at most.`;
  throw new DomainError('malformed', 'malformed-parameter', detail, [{ pointer: '?from', detail }]);
}
