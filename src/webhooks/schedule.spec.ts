import { PAUSES_MS, pauseAfter, retryAfter } from './schedule.js';
import { typesOf } from './event-types.js';

describe('pauses', () => {
  it('grow over days, and end', () => {
    const pauses = PAUSES_MS.map((_, n) => pauseAfter(n + 1, 0, 0.5) ?? 0);
    expect(pauses).toEqual([...PAUSES_MS]);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(pauses.reduce((sum, pause) => sum + pause) / 3_600_000).toBeCloseTo(75.58, 1);
    expect(pauseAfter(PAUSES_MS.length + 1)).toBeUndefined();
  });

  it('spread by a tenth, so that what failed together does not come back together', () => {
    expect([pauseAfter(2, 0, 0), pauseAfter(2, 0, 1)]).toEqual([270_000, 330_000]);
  });

  it('are as long as the endpoint asks, up to a day', () => {
    expect(pauseAfter(1, 60_000)).toBe(60_000);
    expect(pauseAfter(1, 1e12)).toBe(86_400_000);
    expect(pauseAfter(3, 1_000, 0.5)).toBe(1_800_000);
  });

  it.each([
    [undefined, 0],
    ['120', 120_000],
    ['Sun, 22 Nov 2026 12:01:00 GMT', 60_000],
    ['Sun, 22 Nov 2020 12:01:00 GMT', 0],
    ['soon', 0],
    ['-5', 0],
  ])('read Retry-After: %s', (header, milliseconds) => {
    expect(retryAfter(header, new Date('2026-11-22T12:00:00Z'))).toBe(milliseconds);
  });
});

describe('what of a fact is told', () => {
  it.each([
    ['comment.posted', 'none', 'published', ['comment.published']],
    ['comment.posted', 'none', 'pending', ['comment.held']],
    ['comment.posted', 'none', 'rejected', []],
    ['comment.edited', 'published', 'published', ['comment.edited']],
    ['comment.edited', 'published', 'pending', ['comment.removed', 'comment.held']],
    ['comment.edited', 'pending', 'pending', []],
    ['comment.decided', 'pending', 'published', ['comment.published']],
    ['comment.decided', 'published', 'published', []],
    ['comment.decided', 'published', 'spam', ['comment.removed']],
    ['comment.decided', 'pending', 'rejected', []],
    ['comment.deleted', 'published', 'deleted', ['comment.removed']],
    ['comment.deleted', 'pending', 'deleted', []],
    ['comment.voted', null, null, []],
    ['article.revised', null, null, ['thread.changed']],
    ['appeal.opened', null, null, ['appeal.opened']],
    ['job.ordered', null, null, []],
  ])('%s from %s to %s: %j', (topic, fromStatus, toStatus, types) => {
    expect(typesOf({ topic, fromStatus, toStatus })).toEqual(types);
  });
});
