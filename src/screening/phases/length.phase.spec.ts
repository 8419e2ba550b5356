import { commentOf, saidBy } from '../../../test/support/screening.js';

describe('length', () => {
  it.each<[string, Record<string, unknown>, string, number | undefined]>([
    ['a word', {}, 'Yes', undefined],
    ['an emoji', {}, '👍', undefined],
    ['a number', {}, '7', undefined],
    ['other scripts', {}, '好', undefined],
    ['punctuation alone', {}, '?!…', 1],
    ['punctuation alone where that is fine', { least: 0 }, '?!…', undefined],
    ['enough', { least: 4 }, 'Well!', undefined],
    ['too little', { least: 4 }, 'No!', 1 / 2],
    ['spaces that fill up', { least: 4 }, 'N                o', 1 / 2],
    ['as much as is read', { most: 4 }, 'a b c d', undefined],
    ['more', { most: 4 }, 'a b c d e', 1 / 4],
    ['far more', { most: 4 }, 'a'.repeat(50), 1],
  ])('of %s', async (_what, params, body, score) => {
    const findings = await saidBy('length', params, commentOf(body));
    expect(findings.map((finding) => finding.score)).toEqual(score === undefined ? [] : [score]);
  });
});
