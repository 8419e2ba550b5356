import type { CommentPage, ListedComment } from '../shared/api-types.js';
import type { ReaderApi } from '../shared/reader-api.js';
import { Listing } from './listing.js';

const gone = (id: string): ListedComment => ({ id, status: 'deleted', parentId: null, depth: 0, replyCount: 1 });
const page = (ids: string[], nextCursor: string | null, seq: number): CommentPage => ({
  items: ids.map(gone),
  nextCursor,
  seq,
  total: 9,
});

/** Answers by `passage cursor`. */
function apiOf(pages: Record<string, CommentPage | Error>) {
  const asked: string[] = [];
  const comments: ReaderApi['comments'] = ({ passage, cursor }) => {
    const key = [passage, cursor].filter((part) => part !== undefined).join(' ');
    asked.push(key);
    const answer = pages[key] ?? new Error(`not expected: ${key}`);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { api: { comments } as ReaderApi, asked, pages };
}
const ids = ({ items }: CommentPage) => items.map(({ id }) => id);

describe('a listing', () => {
  it('is one list where all or all inline comments are wanted', async () => {
    const { api } = apiOf({ any: page(['a'], 'x', 3), 'any x': page(['b'], null, 3) });
    const listing = new Listing(api, 'newest', 'any');
    expect(await listing.first()).toMatchObject({ nextCursor: 'x', seq: 3 });
    expect(await listing.next('x')).toMatchObject({ nextCursor: null });
  });

  it('goes on from the comments on a passage to all inline ones, as old as the older of both', async () => {
    const { api } = apiOf({ p: page(['a'], null, 5), any: page(['b', 'a'], 'x', 4), 'any x': page(['c'], null, 6) });
    const listing = new Listing(api, 'newest', 'p');
    const first = await listing.first();
    expect(ids(first)).toEqual(['a', 'b', 'a']);
    expect(first).toMatchObject({ nextCursor: 'x', seq: 4 });
    expect(await listing.next('x')).toMatchObject({ nextCursor: null });
  });

  it('reads many comments on a passage to their end before the others, and tries again where that failed', async () => {
    const { api, pages, asked } = apiOf({
      p: page(['a'], 'y', 1),
      'p y': page(['b'], null, 1),
      any: new Error('down'),
    });
    const listing = new Listing(api, 'newest', 'p');
    await listing.first();
    const last = await listing.next('y');
    await expect(listing.next(last.nextCursor!)).rejects.toThrow('down');
    pages['any'] = page(['c'], null, 1);
    expect(ids(await listing.next(last.nextCursor!))).toEqual(['c']);
    expect(asked).toEqual(['p', 'p y', 'any', 'any']);
  });
});
