import { setImmediate as turn } from 'node:timers/promises';
import { Gatherer } from './gatherer.js';

describe('Gatherer', () => {
  /** Calls that end when told to, and fail for items of this list. */
  function stage({ bad = [] as string[], ofAll = false } = {}) {
    const calls: { items: readonly string[]; end: () => void }[] = [];
    const call = (items: readonly string[]) =>
      new Promise<string[]>((resolve, reject) => {
        const end = () =>
          items.some((item) => bad.includes(item))
            ? reject(new Error(`bad: ${items.join()}`))
            : resolve(items.map((item) => `${item}!`));
        calls.push({ items, end });
      });
    return { calls, gatherer: new Gatherer(call, { maxRunning: 2, maxItems: 3, isOfAll: () => ofAll }) };
  }

  async function endAll(calls: { end: () => void }[]): Promise<void> {
    for (let n = 0; n < calls.length; n++) {
      calls[n]?.end();
      await turn();
    }
  }

  it('serves who comes alone at once, and who comes meanwhile with the others, each with his own answer', async () => {
    const { calls, gatherer } = stage();
    const answers = ['a', 'b', 'c', 'd', 'e', 'f'].map((item) => gatherer.add(item));
    expect(calls.map(({ items }) => items)).toEqual([['a'], ['b']]);
    calls[1]?.end();
    await turn();
    expect(calls.map(({ items }) => items)).toEqual([['a'], ['b'], ['c', 'd', 'e']]);
    await endAll(calls);
    expect(await Promise.all(answers)).toEqual(['a!', 'b!', 'c!', 'd!', 'e!', 'f!']);
    expect(calls.at(-1)?.items).toEqual(['f']);
    const later = gatherer.add('g');
    expect(calls.at(-1)?.items).toEqual(['g']);
    calls.at(-1)?.end();
    expect(await later).toBe('g!');
  });

  it('lets nobody pay for the mistake of another', async () => {
    const { calls, gatherer } = stage({ bad: ['d'] });
    const answers = ['a', 'b', 'c', 'd', 'e'].map((item) => gatherer.add(item).catch((error: Error) => error.message));
    await endAll(calls);
    expect(await Promise.all(answers)).toEqual(['a!', 'b!', 'c!', 'bad: d', 'e!']);
  });

  it('tells all of a failure that is of all, and repeats nothing', async () => {
    const { calls, gatherer } = stage({ bad: ['d'], ofAll: true });
    const answers = ['a', 'b', 'c', 'd'].map((item) => gatherer.add(item).catch((error: Error) => error.message));
    await endAll(calls);
    expect(await Promise.all(answers)).toEqual(['a!', 'b!', 'bad: c,d', 'bad: c,d']);
    expect(calls).toHaveLength(3);
  });
});
