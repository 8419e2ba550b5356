import { commentOf, saidBy } from '../../../test/support/screening.js';
import { screen, type AuthorRecord } from '../index.js';

const now = Date.UTC(2026, 10, 22);
const author: AuthorRecord = { published: 5, decided: { published: 0, rejected: 0 }, postedAt: [] };
const ago = (...seconds: number[]) => seconds.map((each) => now - each * 1_000);

async function scores(kind: string, params: Record<string, unknown>, record: Partial<AuthorRecord>, event?: 'edit') {
  const findings = await saidBy(kind, params, commentOf('Well said', { now, event, author: { ...author, ...record } }));
  return findings.map(({ score }) => score);
}

describe('flood', () => {
  const params = { posts: 3, perSeconds: 60 };

  it.each<[string, number[], number[]]>([
    ['the first', [], []],
    ['as many as are usual', ago(1, 2), []],
    ['one more', ago(1, 2, 3), [1 / 3]],
    ['far more', ago(1, 2, 3, 4, 5, 6), [1]],
    ['the earlier ones too long ago', ago(60, 61, 62), []],
    ['the last still within the time', ago(1, 2, 59), [1 / 3]],
  ])('%s', async (_what, postedAt, expected) => {
    const found = await scores('flood', params, { postedAt });
    expect(found).toHaveLength(expected.length);
    expected.forEach((score, at) => expect(found[at]).toBeCloseTo(score));
  });

  it('is not of edits', async () => {
    expect(await scores('flood', params, { postedAt: ago(1, 2, 3) }, 'edit')).toEqual([]);
  });
});

describe('a new reader', () => {
  it.each<[number, number, number[]]>([
    [0, 1, [1]],
    [1, 1, []],
    [1, 4, [3 / 4]],
    [4, 4, []],
    [9, 4, []],
  ])('with %i published, where %i are expected', async (published, least, expected) => {
    expect(await scores('new-reader', { published: least }, { published })).toEqual(expected);
  });
});

describe('the rate of rejections', () => {
  it.each<[string, AuthorRecord['decided'], number[]]>([
    ['nothing decided', { published: 0, rejected: 0 }, []],
    ['too few decisions to say', { published: 0, rejected: 3 }, []],
    ['all rejected', { published: 0, rejected: 4 }, [1]],
    ['half', { published: 2, rejected: 2 }, [1 / 2]],
    ['less than half', { published: 3, rejected: 2 }, []],
  ])('%s', async (_what, decided, expected) => {
    expect(await scores('rejection-rate', {}, { decided })).toEqual(expected);
  });
});

describe('what is not known', () => {
  it.each(['flood', 'new-reader', 'rejection-rate', 'repeats'])('lets %s be silent', async (kind) => {
    expect(await saidBy(kind, {}, commentOf('Well said, and long enough to be told apart'))).toEqual([]);
  });
});

describe('threads', () => {
  it.each([
    ['open', 'post', 'publish'],
    ['open', 'edit', 'publish'],
    ['closed', 'post', 'reject'],
    ['closed', 'edit', 'publish'],
    ['frozen', 'post', 'reject'],
    ['frozen', 'edit', 'reject'],
  ] as const)('%s, %s: %s', (threadState, event, verdict) => {
    expect(screen(commentOf('Well said', { threadState, event })).verdict).toBe(verdict);
  });
});
