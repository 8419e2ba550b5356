import { together } from './together.js';

describe('together', () => {
  it('answers in the order in which it was asked', async () => {
    const late = new Promise<string>((resolve) => setImmediate(() => resolve('late')));
    expect(await together([late, Promise.resolve(2), undefined])).toEqual(['late', 2, undefined]);
  });

  it('fails with what failed first in time, and only after all have ended', async () => {
    const ended: string[] = [];
    const chain = (name: string, ticks: number, error?: Error) =>
      (async () => {
        for (let i = 0; i < ticks; i++) await new Promise((resolve) => setImmediate(resolve));
        ended.push(name);
        if (error) throw error;
      })();
    const running = together([
      chain('last', 5, new Error('aborted')),
      chain('first', 1, new Error('deadlock')),
      chain('middle', 3),
    ]);
    await expect(running).rejects.toThrow('deadlock');
    expect(ended).toEqual(['first', 'middle', 'last']);
  });
});
