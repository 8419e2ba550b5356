import type { Comment, ListedComment, LiveEvent } from './api-types.js';
import { ThreadModel } from './thread-model.js';

const comment = (id: string, more: Partial<Comment> = {}): Comment => ({
  id,
  threadKey: 'welcome',
  parentId: null,
  passageId: null,
  depth: 0,
  author: { id: 'someone', name: 'Someone', badges: [] },
  html: `<p>${id}</p>`,
  status: 'published',
  createdAt: '2026-11-22T10:00:00.000Z',
  editedAt: null,
  revision: 1,
  pinned: false,
  votes: { up: 0, down: 0 },
  replyCount: 0,
  ...more,
});
const list = (items: ListedComment[], nextCursor: string | null = null) => ({ items, nextCursor });
const arrival = (published: ListedComment, counts?: LiveEvent['counts']): LiveEvent => ({
  seq: 1,
  type: 'comment.published',
  at: '',
  commentId: published.id,
  comment: published,
  counts,
});
const removal = (commentId: string): LiveEvent => ({ seq: 2, type: 'comment.removed', at: '', commentId });

function modelOf(items: ListedComment[], cursor: string | null = null) {
  const model = new ThreadModel(2, ({ author }) => author.id === 'me');
  model.addList(null, list(items, cursor));
  return model;
}

describe('the thread on the page', () => {
  it('lets new comments wait, then puts them on top below what is pinned, the newest first', () => {
    const model = modelOf([comment('pinned', { pinned: true }), comment('a')]);
    model.apply([arrival(comment('b'), { total: 3, replies: {} }), arrival(comment('c'), { total: 4, replies: {} })]);
    expect(model.roots).toMatchObject({ shown: ['pinned', 'a'], waiting: ['b', 'c'] });
    expect(model.total).toBe(4);
    expect(model.reveal(null, false)).toEqual(['c', 'b']);
    expect(model.roots).toMatchObject({ shown: ['pinned', 'c', 'b', 'a'], waiting: [] });
  });

  it('shows my own at once, whoever brings it first', () => {
    const model = modelOf([comment('a')]);
    model.apply([arrival(comment('mine', { author: { id: 'me', name: 'Me', badges: [] } }))]);
    expect(model.roots).toMatchObject({ shown: ['mine', 'a'], waiting: [] });
    model.insert(comment('mine'));
    expect(model.roots.shown).toEqual(['mine', 'a']);
  });

  it('puts what only I can see where its date belongs, or leaves it for the page that it is on', () => {
    const at = (id: string, day: number) => comment(id, { createdAt: `2026-11-${day}T10:00:00.000Z` });
    const model = modelOf([at('c', 20), at('a', 18)], 'next');
    expect(model.insert(at('b', 19), 'newest')).toBe(true);
    expect(model.insert(at('z', 10), 'newest')).toBe(false);
    expect(model.roots.shown).toEqual(['c', 'b', 'a']);
    model.addList(null, list([at('y', 11)]));
    expect(model.insert(at('z', 10), 'newest')).toBe(true);
    expect(model.roots.shown).toEqual(['c', 'b', 'a', 'y', 'z']);
  });

  it('drops doubles of the next page and takes from it what was waiting', () => {
    const model = modelOf([comment('c'), comment('b')], 'next');
    model.apply([arrival(comment('a'))]);
    model.addList(null, list([comment('b'), comment('a')]));
    expect(model.roots).toMatchObject({ shown: ['c', 'b', 'a'], waiting: [], cursor: null });
  });

  it('keeps replies in the order of the lists when later ones are already shown', () => {
    const reply = (id: string) => comment(id, { parentId: 'a', depth: 1 });
    const model = modelOf([comment('a', { replyCount: 3, replies: list([reply('r1')], 'next') })]);
    model.apply([arrival(reply('r4'), { total: 5, replies: { a: 4 } })]);
    expect(model.unloaded(model.entry('a')!)).toBe(2);
    model.reveal('a', true);
    model.addList('a', list([reply('r2'), reply('r3'), reply('r4')]));
    expect(model.entry('a')!.replies.shown).toEqual(['r1', 'r2', 'r3', 'r4']);
    expect(model.unloaded(model.entry('a')!)).toBeNull();
  });

  it('lays replies flat where the nesting ends', () => {
    const model = modelOf([comment('a')]);
    model.insert(comment('b', { parentId: 'a', depth: 1 }));
    model.insert(comment('c', { parentId: 'b', depth: 2 }));
    model.insert(comment('d', { parentId: 'c', depth: 3 }));
    model.insert(comment('e', { parentId: 'd', depth: 4 }));
    expect(model.entry('b')!.replies.shown).toEqual(['c', 'd', 'e']);
    expect(model.answered(model.entry('c')!)).toBeUndefined();
    expect(model.answered(model.entry('e')!)).toMatchObject({ id: 'd' });
  });

  it('leaves a line where a comment was removed, and takes it back', () => {
    const model = modelOf([comment('a'), comment('b', { replyCount: 1 })]);
    model.insert(comment('r', { parentId: 'b', depth: 1 }));
    model.apply([removal('b')]);
    expect(model.roots.shown).toEqual(['a', 'b']);
    expect(model.entry('b')).toMatchObject({ ghost: true });
    expect(model.entry('r')).toBeUndefined();
    model.apply([arrival(comment('b', { replyCount: 1 }))]);
    expect(model.entry('b')).toMatchObject({ ghost: false });
    expect(model.unloaded(model.entry('b')!)).toBe(1);
  });

  it('forgets a removed comment that nobody has seen', () => {
    const model = modelOf([comment('a')]);
    model.apply([arrival(comment('b')), removal('b')]);
    expect(model.roots.waiting).toEqual([]);
    expect(model.entry('b')).toBeUndefined();
  });

  it('puts a placeholder in place of a removed comment with replies, without its text', () => {
    const model = modelOf([
      comment('a', { replyCount: 1, replies: list([comment('r', { parentId: 'a', depth: 1 })]) }),
    ]);
    model.apply([arrival({ id: 'a', status: 'removed', parentId: null, depth: 0, replyCount: 1 })]);
    expect(model.entry('a')!.comment).toEqual({ id: 'a', status: 'removed', parentId: null, depth: 0, replyCount: 1 });
    expect(model.entry('a')!.replies.shown).toEqual(['r']);
  });

  it('brings a placeholder with the reply for which it stands', () => {
    const placeholder: ListedComment = { id: 'p', status: 'deleted', parentId: null, depth: 0, replyCount: 1 };
    const model = modelOf([comment('a')]);
    model.apply([{ ...arrival(placeholder), type: 'comment.removed' }]);
    expect(model.roots.waiting).toEqual([]);
    model.apply([arrival(comment('r', { parentId: 'p', depth: 1 }))]);
    expect(model.roots.waiting).toEqual(['p']);
    expect(model.entry('p')!.replies.waiting).toEqual(['r']);
  });

  it('keeps what only the author knows while the revision stays', () => {
    const model = modelOf([]);
    model.insert(comment('a', { body: 'text', editableUntil: 'soon', status: 'pending' }));
    model.apply([arrival(comment('a'))]);
    expect(model.entry('a')!.comment).toMatchObject({ body: 'text', editableUntil: 'soon', status: 'published' });
    model.apply([arrival(comment('a', { revision: 2 }))]);
    expect(model.entry('a')!.comment).not.toHaveProperty('body');
  });

  it('does not take a change of what is not here for an arrival', () => {
    const model = modelOf([comment('b')], 'next');
    model.apply([{ ...arrival(comment('a')), type: 'comment.voted' }]);
    expect(model.roots.waiting).toEqual([]);
  });

  it('does not know replies to comments that are not here', () => {
    const model = modelOf([]);
    model.apply([arrival(comment('r', { parentId: 'elsewhere', depth: 1 }), { total: 9, replies: {} })]);
    expect(model.entries.size).toBe(0);
    expect(model.total).toBe(9);
  });

  describe('that lists inline comments alone', () => {
    const on = (passageId: string, id: string, more: Partial<Comment> = {}) => comment(id, { passageId, ...more });
    function filtered(filter: string, items: ListedComment[]) {
      const model = new ThreadModel(2, ({ author }) => author.id === 'me');
      model.reset(filter);
      model.addList(null, list(items));
      return model;
    }

    it('counts the others that arrive, and takes none of them', () => {
      const model = filtered('any', [on('p', 'a')]);
      model.apply([arrival(comment('b'), { total: 7, replies: {} }), arrival(on('q', 'c'))]);
      expect(model.roots.waiting).toEqual(['c']);
      expect(model.total).toBe(7);
      expect(model.insert(comment('mine', { author: { id: 'me', name: 'Me', badges: [] } }))).toBe(false);
      expect(model.insert(on('q', 'd'))).toBe(true);
      model.apply([arrival(on('p', 'r', { parentId: 'a', depth: 1 }))]);
      expect(model.entry('a')!.replies.waiting).toEqual(['r']);
    });

    it('keeps those on the passage that was asked for above the others', () => {
      const gone: ListedComment = { id: 'g', status: 'deleted', parentId: null, depth: 0, replyCount: 1 };
      const reply = on('p', 'r', { parentId: 'g', depth: 1 });
      const model = filtered('p', [on('p', 'a'), { ...gone, replies: list([reply]) }, on('q', 'b')]);
      model.apply([arrival(on('q', 'c')), arrival(on('p', 'd'))]);
      model.reveal(null, false);
      expect(model.rootsByPassage()).toEqual({ asked: ['d', 'a', 'g'], others: ['c', 'b'] });
      model.reset();
      model.addList(null, list([on('p', 'a'), comment('x')]));
      expect(model.rootsByPassage()).toEqual({ asked: [], others: ['a', 'x'] });
    });
  });
});
