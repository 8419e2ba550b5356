import { commentOf, saidBy } from '../../../test/support/screening.js';
import { digestOfText, type PriorText } from '../index.js';

const now = Date.UTC(2026, 10, 22);
const body = 'The council should let the night bus run again';
const digest = digestOfText(body) ?? '';
const mine = (secondsAgo: number): PriorText => ({ digest, reader: 'me', own: true, at: now - secondsAgo * 1_000 });
const theirs = (reader: string): PriorText => ({ digest, reader, own: false, at: now });

describe('repeats', () => {
  it.each<[string, Record<string, unknown>, PriorText[], number[]]>([
    ['nothing before', {}, [], []],
    ['the same once', {}, [mine(10)], [1]],
    ['the same once, where that is fine', { own: 1 }, [mine(10)], []],
    ['the same twice, where once is fine', { own: 1 }, [mine(10), mine(20)], [1]],
    ['the same yesterday', { withinSeconds: 3_600 }, [mine(3_601)], []],
    ['the same within the time', { withinSeconds: 3_600 }, [mine(3_600)], [1]],
    ['another text', {}, [{ ...mine(10), digest: 'another' }], []],
    ['one other reader', {}, [theirs('a')], []],
    ['two other readers', {}, [theirs('a'), theirs('b')], [1 / 2]],
    ['one other reader, often', {}, [theirs('a'), theirs('a'), theirs('a')], []],
    ['many other readers', {}, [...'abcdefgh'].map(theirs), [1]],
    ['author and others', {}, [mine(1), theirs('a'), theirs('b')], [1, 1 / 2]],
  ])('of %s', async (_what, params, priorTexts, scores) => {
    const findings = await saidBy('repeats', params, commentOf(body, { now, priorTexts }));
    expect(findings.map(({ score }) => score)).toEqual(scores);
  });

  it('sees through what was changed to look new', async () => {
    const input = commentOf('THE COUNC1L should, let the night-bus run  agaaain!', { now, priorTexts: [mine(10)] });
    expect(await saidBy('repeats', {}, input)).toHaveLength(1);
  });

  it('leaves short texts alone', async () => {
    expect(await saidBy('repeats', {}, commentOf('Me too', { now, priorTexts: [{ ...mine(1), digest: '' }] }))).toEqual(
      [],
    );
  });
});
