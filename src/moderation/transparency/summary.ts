import type { SiteRow } from '../../sites/index.js';
import { reasonOf } from '../statements/reason-of.js';
import { automationOf, restrictionOf, type Restriction } from '../statements/restriction.js';
import type { Counted, SanctionedCount } from './transparency.store.js';
import type { RestrictionCountsView, TransparencyCountsView } from './transparency.view.js';

/** Restrictions that are alike. */
interface Alike {
  n: number;
  restriction: Restriction;
  category: string;
  ground: string;
  source: string;
  automation: string;
  detected: boolean;
}

const RESTRICTION_OF = { premoderate: 'premoderated', suspend: 'suspended', ban: 'banned' } as const;

/** The figures that Articles 15 and 24 of the DSA ask for. */
export function summaryOf(
  { restricted, sanctioned, notices, appeals, medians }: Counted,
  sites: ReadonlyMap<string, SiteRow>,
): TransparencyCountsView {
  const reason = (siteId: string, code: string | null) =>
    reasonOf(sites.get(siteId)?.settings.decisionReasons ?? [], code);
  const alike = (siteId: string, code: string | null) => {
    const { category, ground } = reason(siteId, code);
    return { category, ground: ground.kind };
  };
  const all: Alike[] = [
    ...restricted.map((row) => ({
      ...{ n: row.n, source: row.source, detected: row.detected },
      ...alike(row.siteId, row.reason),
      restriction: restrictionOf(row),
      automation: automationOf(row),
    })),
    ...sanctioned.map(({ n, siteId, kind, reason: code }) => ({
      ...{ n, source: 'own-initiative', detected: false, automation: 'not' },
      ...alike(siteId, code),
      restriction: RESTRICTION_OF[kind],
    })),
  ];
  const byRule = restricted.filter((row) => row.byRule);
  const [decisions, overturned] = [sum(byRule), sum(byRule.filter((row) => row.overturned))];
  const removed = notices.filter(({ state }) => state === 'removed');
  return {
    notices: {
      received: sum(notices),
      byCategory: by(notices, ({ category }) => category),
      byOutcome: by(notices, ({ state }) => state),
      byGround: by(removed, ({ siteId, reason: code }) => reason(siteId, code).ground.kind),
      automated: sum(notices.filter((notice) => notice.byRule)),
      medianSeconds: medians.notices,
    },
    restrictions: restrictionCounts(all),
    ownInitiative: restrictionCounts(all.filter(({ source }) => source !== 'notice')),
    complaints: {
      received: sum(appeals),
      byAbout: by(appeals, ({ about }) => about),
      byOutcome: by(appeals, ({ state }) => state),
      medianSeconds: medians.appeals,
    },
    automatedMeans: { decisions, overturned, errorRate: decisions === 0 ? null : overturned / decisions },
    suspensions: suspensionsOf(sanctioned),
  };
}

function restrictionCounts(rows: readonly Alike[]): RestrictionCountsView {
  return {
    total: sum(rows),
    byRestriction: by(rows, ({ restriction }) => restriction),
    byCategory: by(rows, ({ category }) => category),
    byGround: by(rows, ({ ground }) => ground),
    bySource: by(rows, ({ source }) => source),
    byAutomation: by(rows, ({ automation }) => automation),
    detectedAutomatically: sum(rows.filter(({ detected }) => detected)),
  };
}

function suspensionsOf(rows: readonly SanctionedCount[]) {
  const of = (wanted: SanctionedCount['kind']) => sum(rows.filter(({ kind }) => kind === wanted));
  return {
    premoderated: of('premoderate'),
    suspended: of('suspend'),
    banned: of('ban'),
    lifted: sum(rows.filter(({ lifted }) => lifted)),
  };
}

function sum(rows: readonly { n: number }[]): number {
  return rows.reduce((total, { n }) => total + n, 0);
}

function by<Row extends { n: number }>(rows: readonly Row[], name: (row: Row) => string): Record<string, number> {
  const groups = [...Map.groupBy(rows, name)].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(groups.map(([key, group]) => [key, sum(group)]));
}
