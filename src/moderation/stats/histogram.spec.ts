import { countOf, percentile } from './histogram.js';

/** As the database does. */
const stepOf = (seconds: number) => (seconds <= 1 ? 0 : Math.ceil((8 * Math.log(seconds)) / Math.log(2)));

function histogramOf(waits: readonly number[]): Map<number, number> {
  const histogram = new Map<number, number>();
  for (const wait of waits) histogram.set(stepOf(wait), (histogram.get(stepOf(wait)) ?? 0) + 1);
  return histogram;
}

describe('waits', () => {
  it('have no percentile where there are none', () => {
    expect(percentile(new Map(), 0.5)).toBeNull();
    expect(percentile(new Map([[3, 0]]), 0.5)).toBeNull();
  });

  it.each([
    ['one', [60]],
    ['seconds to weeks', Array.from({ length: 1_000 }, (_, n) => 1.5 ** (n / 30) + n)],
    ['all alike', Array.from({ length: 7 }, () => 3_600)],
    ['two far apart', [2, 2, 2, 2, 2, 900_000, 900_000]],
  ])('have percentiles to within 4.5 %: %s', (_name, waits) => {
    const sorted = [...waits].sort((a, b) => a - b);
    for (const share of [0.01, 0.5, 0.9, 1]) {
      const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
      const told = percentile(histogramOf(waits), share) ?? NaN;
      expect(Math.abs(told - exact)).toBeLessThan(0.045 * exact + 0.05);
    }
    expect(countOf(histogramOf(waits))).toBe(waits.length);
  });
});
