import fc from 'fast-check';
import { wilsonLowerBound } from './ranking.js';

const votes = fc.integer({ min: 0, max: 1_000_000 });

describe('wilsonLowerBound', () => {
  // Worked out from the equivalent form (up + z²/2 - z √(up·down/n + z²/4)) / (n + z²), by hand to 6 digits.
  it.each([
    [1, 0, 0.206543],
    [10, 0, 0.72246],
    [1, 1, 0.094529],
    [90, 10, 0.825634],
    [50, 50, 0.40383],
    [0, 10, 0],
    [0, 0, 0],
  ])('%i up and %i down give %d', (up, down, bound) => {
    expect(wilsonLowerBound(up, down)).toBeCloseTo(bound, 5);
  });

  it('with z = 0 is the share itself', () => {
    expect(wilsonLowerBound(3, 1, 0)).toBe(0.75);
  });

  it('lies between 0 and the share of up-votes', () => {
    fc.assert(
      fc.property(votes, votes, (up, down) => {
        const bound = wilsonLowerBound(up, down);
        expect(bound).toBeGreaterThanOrEqual(0);
        expect(bound).toBeLessThanOrEqual(up + down === 0 ? 0 : up / (up + down));
      }),
    );
  });

  it('rises with an up-vote and falls with a down-vote', () => {
    fc.assert(
      fc.property(votes, votes, (up, down) => {
        expect(wilsonLowerBound(up + 1, down)).toBeGreaterThan(wilsonLowerBound(up, down));
        expect(wilsonLowerBound(up, down + 1)).toBeLessThanOrEqual(wilsonLowerBound(up, down));
      }),
    );
  });

  it('ranks the better known first where the share is the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), votes, (up, down) => {
        expect(wilsonLowerBound(up * 2, down * 2)).toBeGreaterThan(wilsonLowerBound(up, down));
      }),
    );
  });
});
