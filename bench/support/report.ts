import type { Ratio } from './paired.js';

/** `note`: printed for orientation, without a limit. */
export type Verdict = 'met' | 'missed' | 'no verdict' | 'note';

export interface Line {
  benchmark: string;
  what: string;
  /** Ours, with its unit. */
  figure: string;
  /** What it was compared with, with its unit. */
  against: string;
  ratio: string;
  limit: string;
  verdict: Verdict;
}

export type Limit = { atLeast: number } | { atMost: number };

/** Collects what the benchmarks found and says each line as it comes. */
export class Report {
  readonly lines: Line[] = [];

  constructor(private readonly say: (text: string) => void) {}

  /** A measured ratio against its limit. */
  ratio(
    benchmark: string,
    what: string,
    figures: { ours: string; against: string },
    ratio: Ratio,
    limit?: Limit,
  ): void {
    const { value, range, steady } = ratio;
    const kept = limit && ('atLeast' in limit ? value >= limit.atLeast : value <= limit.atMost);
    this.add({
      benchmark,
      what,
      figure: figures.ours,
      against: figures.against,
      ratio: `${value.toFixed(2)} (${range.min.toFixed(2)} to ${range.max.toFixed(2)})`,
      limit: limit ? ('atLeast' in limit ? `≥ ${limit.atLeast}` : `≤ ${limit.atMost}`) : '',
      verdict: !limit ? 'note' : !steady ? 'no verdict' : kept ? 'met' : 'missed',
    });
  }

  /** A figure that must hold by itself. */
  check(benchmark: string, what: string, figure: string, limit: string, kept: boolean): void {
    this.add({ benchmark, what, figure, against: '', ratio: '', limit, verdict: kept ? 'met' : 'missed' });
  }

  note(benchmark: string, what: string, figure: string, against = ''): void {
    this.add({ benchmark, what, figure, against, ratio: '', limit: '', verdict: 'note' });
  }

  get missed(): Line[] {
    return this.lines.filter((line) => line.verdict === 'missed');
  }

  private add(line: Line): void {
    this.lines.push(line);
    const parts = [line.figure, line.against && `against ${line.against}`, line.ratio && `ratio ${line.ratio}`];
    const verdict = line.verdict === 'note' ? '' : `   ${line.limit}: ${line.verdict}`;
    this.say(`  ${line.what}: ${parts.filter(Boolean).join(', ')}${verdict}`);
  }
}
