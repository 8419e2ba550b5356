import fc from 'fast-check';
import { COUNTING_WEIGHT, weightOf } from './weight.js';

const verdicts = fc.nat(100);

describe('the weight of a report', () => {
  it.each([
    [0, 0, 1],
    [1, 0, 4 / 3],
    [0, 1, 2 / 3],
    [10, 10, 1],
    [98, 0, 1.98],
    [0, 98, 0.02],
  ])('of a reader with whom staff agreed %i times and disagreed %i times is %d', (agreed, disagreed, weight) => {
    expect(weightOf({ agreed, disagreed })).toBeCloseTo(weight);
  });

  it('is above 0 and below 2, rises with each verdict that agrees and falls with each that does not', () => {
    fc.assert(
      fc.property(verdicts, verdicts, (agreed, disagreed) => {
        const weight = weightOf({ agreed, disagreed });
        expect(weight).toBeGreaterThan(0);
        expect(weight).toBeLessThan(2);
        expect(weightOf({ agreed: agreed + 1, disagreed })).toBeGreaterThan(weight);
        expect(weightOf({ agreed, disagreed: disagreed + 1 })).toBeLessThan(weight);
      }),
    );
  });

  it('counts towards a threshold until a third report of a newcomer was wrong', () => {
    const counts = [0, 1, 2, 3].map((disagreed) => weightOf({ agreed: 0, disagreed }) >= COUNTING_WEIGHT);
    expect(counts).toEqual([true, true, true, false]);
  });
});
