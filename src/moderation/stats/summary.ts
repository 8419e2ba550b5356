import type { QueueCount } from '../queue.store.js';
import { countOf, percentile, type Histogram } from './histogram.js';
import type { Figure } from './stat.store.js';
import type { ModeratorStatsView, QueueStatsView, RuleOutcomeView, RuleStatsView, WaitView } from './stats.view.js';

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

export function queueStats(figures: Figures, counts: readonly QueueCount[]): QueueStatsView[] {
  return counts.map(({ queue, open, claimed, oldestAgeSeconds }) => {
    const waits = figures.waits('queue-wait', queue);
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

export function moderatorStats(figures: Figures, id: string, name: string): ModeratorStatsView {
  const { undo = 0, ...decisions } = Object.fromEntries(figures.codes('staff-decided', id));
  const secondsToDecision = waitView(figures.waits('staff-wait', id));
  return { staff: { id, name }, decisions, undone: undo, secondsToDecision };
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
