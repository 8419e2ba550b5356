import type { QueueCount } from '../queue.store.js';
import { countOf, percentile, type Histogram } from './histogram.js';
import type { AppealFigure, Figure } from './stat.store.js';
import type {
  AppealOutcomesView,
  AppealStatsView,
  ModeratorStatsView,
  QueueStatsView,
  RuleOutcomeView,
  RuleStatsView,
  WaitView,
} from './stats.view.js';

/** Figures by measure and subject, as what they are sums of. */
export class Figures {
  private readonly byMeasure: ReadonlyMap<string, readonly Figure[]>;

  constructor(figures: readonly Figure[]) {
    this.byMeasure = Map.groupBy(figures, ({ measure }) => measure);
  }

  subjects(measure: string): string[] {
    return [...new Set(this.byMeasure.get(measure)?.map(({ subject }) => subject))].sort();
  }

  /** How many of each code. */
  codes(measure: string, subject: string): Map<string, number> {
    const own = this.byMeasure.get(measure)?.filter((figure) => figure.subject === subject) ?? [];
    return new Map(own.map(({ code, n }) => [code, n]));
  }

  waits(measure: string, subject: string): Histogram {
    return new Map([...this.codes(measure, subject)].map(([step, n]) => [Number(step), n]));
  }
}

function waitView(waits: Histogram): WaitView | null {
  const [p50, p90] = [percentile(waits, 0.5), percentile(waits, 0.9)];
  return p50 === null || p90 === null ? null : { p50, p90 };
}

export function queueStats(
  figures: Figures,
  counts: readonly QueueCount[],
  appeals: readonly AppealFigure[],
): QueueStatsView[] {
  return counts.map(({ queue, open, claimed, oldestAgeSeconds }) => {
    const waits = queue === 'appeals' ? appealWaits(appeals) : figures.waits('queue-wait', queue);
    return {
      queue,
      entered: figures.codes('queue-entered', queue).get('') ?? 0,
      left: figures.codes('queue-left', queue).get('') ?? 0,
      decided: countOf(waits),
      secondsToDecision: waitView(waits),
      open,
      claimed,
      oldestAgeSeconds,
    };
  });
}

export function moderatorStats(
  figures: Figures,
  appeals: readonly AppealFigure[],
  { id, name }: { id: string; name: string },
): ModeratorStatsView {
  const { undo = 0, ...decisions } = Object.fromEntries(figures.codes('staff-decided', id));
  const secondsToDecision = waitView(figures.waits('staff-wait', id));
  const appealed = outcomes(appeals.filter(({ staffId }) => staffId === id));
  return { staff: { id, name }, decisions, undone: undo, secondsToDecision, appealed };
}

const sumOf = (appeals: readonly AppealFigure[], state: AppealFigure['state']) =>
  appeals.reduce((sum, each) => (each.state === state ? sum + each.n : sum), 0);

function outcomes(appeals: readonly AppealFigure[]): AppealOutcomesView {
  return { upheld: sumOf(appeals, 'upheld'), overturned: sumOf(appeals, 'overturned') };
}

export function appealStats(appeals: readonly AppealFigure[]): AppealStatsView {
  const ofRules = outcomes(appeals.filter(({ staffId }) => staffId === null));
  return { ...outcomes(appeals), moot: sumOf(appeals, 'moot'), ofRules };
}

/** Of those that somebody decided. */
function appealWaits(appeals: readonly AppealFigure[]): Histogram {
  const waits = new Map<number, number>();
  for (const { state, step, n } of appeals) if (state !== 'moot') waits.set(step, (waits.get(step) ?? 0) + n);
  return waits;
}

function outcome(codes: ReadonlyMap<string, number>, did: string): RuleOutcomeView {
  const published = codes.get(`${did}:published`) ?? 0;
  const rejected = codes.get(`${did}:rejected`) ?? 0;
  const precision = published + rejected === 0 ? null : rejected / (published + rejected);
  return { total: codes.get(did) ?? 0, published, rejected, precision };
}

export function ruleStats(figures: Figures): RuleStatsView[] {
  return figures.subjects('rule').map((rule) => {
    const codes = figures.codes('rule', rule);
    return {
      rule,
      held: outcome(codes, 'hold'),
      rejected: outcome(codes, 'reject'),
      wouldHold: outcome(codes, 'would-hold'),
      wouldReject: outcome(codes, 'would-reject'),
    };
  });
}
