import { ShortCache } from './short-cache.js';

describe('ShortCache', () => {
  let now = 0;
  let reads: string[] = [];
  const make = (read: (key: string) => Promise<string>, maxEntries = 10) =>
    new ShortCache<string, string>(
      (key) => {
        reads.push(key);
        return read(key);
      },
      { maxAgeMs: 1_000, maxEntries, now: () => now },
    );

  beforeEach(() => {
    now = 0;
    reads = [];
  });

  it('reads once for all who ask within the age, and again after it', async () => {
    const cache = make(async (key) => `${key}${now}`);
    expect(await Promise.all([cache.get('a'), cache.get('a')])).toEqual(['a0', 'a0']);
    now = 999;
    expect(await cache.get('a')).toBe('a0');
    now = 1_000;
    expect(await cache.get('a')).toBe('a1000');
    expect(reads).toEqual(['a', 'a']);
  });

  it('counts the age from when a reading began', async () => {
    let answer: (value: string) => void = () => undefined;
    const cache = make(() => new Promise((resolve) => (answer = resolve)));
    const first = cache.get('a');
    now = 1_500;
    answer('old');
    expect(await first).toBe('old');
    const second = cache.get('a');
    answer('new');
    expect(await second).toBe('new');
  });

  it('does not give what was being read when it was cleared to those who ask later', async () => {
    const answers: ((value: string) => void)[] = [];
    const cache = make(() => new Promise((resolve) => answers.push(resolve)));
    const before = cache.get('a');
    cache.clear();
    const after = cache.get('a');
    answers[1]?.('new');
    answers[0]?.('old');
    expect(await Promise.all([before, after])).toEqual(['old', 'new']);
    expect(await cache.get('a')).toBe('new');
    expect(reads).toHaveLength(2);
  });

  it('keeps no failure', async () => {
    let fails = true;
    const cache = make(async () => {
      if (fails) throw new Error('away');
      return 'here';
    });
    await expect(cache.get('a')).rejects.toThrow('away');
    fails = false;
    expect(await cache.get('a')).toBe('here');
  });

  it('holds no more than it may, and lets go of what was read first', async () => {
    const cache = make(async (key) => key, 3);
    for (const key of ['a', 'b', 'c', 'd']) await cache.get(key);
    expect(cache.size).toBe(3);
    await cache.get('b');
    await cache.get('a');
    expect(reads).toEqual(['a', 'b', 'c', 'd', 'a']);
  });

  it('survives a clock that is set back', async () => {
    now = 10_000;
    const cache = make(async () => `${now}`);
    await cache.get('a');
    now = 5_000;
    expect(await cache.get('a')).toBe('5000');
  });
});
