import { EMPTY_TALLY, MOST_EXAMPLES, precisionOf, recallOf, tallied, type HumanVerdict, type Judged } from './tally.js';

const judged = (commentId: string, human: HumanVerdict, action: 'hold' | 'reject' | null): Judged => ({
  ...{ commentId, revision: 1, human },
  caught: action === null ? null : { action, score: 1, explanation: '', evidence: [] },
});

describe('the tally of a dry-run', () => {
  it('counts by what the rule and what people did, page after page', () => {
    const first = [judged('a', 'published', 'hold'), judged('b', 'rejected', 'reject'), judged('c', 'rejected', null)];
    const second = [judged('d', null, 'hold'), judged('e', 'rejected', 'hold'), judged('f', 'published', null)];
    const tally = tallied(tallied(EMPTY_TALLY, first), second);
    expect(tally).toMatchObject({
      lookedAt: { total: 6, published: 2, rejected: 3, undecided: 1 },
      held: { total: 3, published: 1, rejected: 1, undecided: 1 },
      rejected: { total: 1, published: 0, rejected: 1, undecided: 0 },
    });
    expect(tally).toEqual({ ...tallied(EMPTY_TALLY, [...first, ...second]) });
    expect([precisionOf(tally), recallOf(tally)]).toEqual([2 / 3, 2 / 3]);
    expect(EMPTY_TALLY.lookedAt.total).toBe(0);
  });

  it('says nothing of a share of nothing', () => {
    const tally = tallied(EMPTY_TALLY, [judged('a', null, 'hold'), judged('b', 'published', null)]);
    expect([precisionOf(tally), recallOf(tally)]).toEqual([null, null]);
  });

  it('keeps false alarms before all else, and the newest of what is alike, however they are paged', () => {
    const verdicts: HumanVerdict[] = ['rejected', 'published', null];
    const all = Array.from({ length: 45 }, (_, n) => judged(`${n}`, verdicts[n % 3] ?? null, 'hold'));
    const names = (tally: typeof EMPTY_TALLY) => tally.examples.map(({ commentId }) => Number(commentId));
    const whole = names(tallied(EMPTY_TALLY, all));
    const alarms = all.flatMap(({ commentId, human }) => (human === 'published' ? [Number(commentId)] : [])).reverse();
    expect(whole).toEqual([...alarms, 44, 41, 38, 35, 32]);
    expect(whole).toHaveLength(MOST_EXAMPLES);
    for (const size of [1, 7, 20]) {
      let tally = EMPTY_TALLY;
      for (let from = 0; from < all.length; from += size) tally = tallied(tally, all.slice(from, from + size));
      expect(names(tally)).toEqual(whole);
    }
  });
});
