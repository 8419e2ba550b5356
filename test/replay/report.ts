/** What a replay came to. Whatever stands in `failures` makes it fail. */
export interface Report {
  title: string;
  lines: [name: string, text: string][];
  failures: string[];
}

const SHOWN = 20;
const SHOWN_CHARACTERS = 1_000;

/** The value below which a share of the samples lies; in the unit of the samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function delays(samples: readonly number[]): string {
  if (samples.length === 0) return 'nothing came live';
  const [p50, p99] = [percentile(samples, 0.5), percentile(samples, 0.99)];
  return `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (${samples.length} arrivals)`;
}

export function spread(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? `${most} each` : `${least} to ${most}, median ${percentile(counts, 0.5)}`;
}

export function render({ title, lines, failures }: Report): string {
  const width = Math.max(...lines.map(([name]) => name.length));
  const body = lines.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
  const shown = failures.slice(0, SHOWN).map((failure) => `  ${failure.slice(0, SHOWN_CHARACTERS)}`);
  const rest = failures.length > shown.length ? [`  … and ${failures.length - shown.length} more`] : [];
  const verdict =
    failures.length === 0 ? ['OK: every page ended as a fresh read of the thread.'] : ['FAILED:', ...shown, ...rest];
  return [title, ...body, ...verdict].join('\n');
}
