import type { Line } from './report.js';

const HEADINGS = ['Benchmark', 'What', 'Postil', 'Against', 'Ratio (median, range)', 'Limit', 'Verdict'];

/** A Markdown table, padded so that it reads as text too. */
export function tableOf(lines: readonly Line[]): string {
  const rows = lines.map((line) => [
    line.benchmark,
    line.what,
    line.figure,
    line.against,
    line.ratio,
    line.limit,
    line.verdict === 'note' ? '' : line.verdict,
  ]);
  const widths = HEADINGS.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const text = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [text(HEADINGS), text(widths.map((width) => '-'.repeat(width))), ...rows.map(text)].join('\n');
}
