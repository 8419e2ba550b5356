import fc from 'fast-check';
import { ListedPassages, type ListedPassage } from './listed-passages.js';
import { ListingTree, listParentOf, type ListedNode } from './listing-tree.js';

const SITE = 'site';
const THREAD = 'thread';

/** What a reader's page knows of a comment. */
interface Seen {
  parentId: string | null;
  depth: number;
  published: boolean;
  replyCount: number;
}

function unlisted(id: string, parent: ListedNode | undefined, at: number): ListedNode {
  return {
    id,
    siteId: SITE,
    threadId: THREAD,
    parentId: parent?.id ?? null,
    listParentId: null,
    depth: parent ? parent.depth + 1 : 0,
    createdAt: new Date(at),
    passageId: parent?.passageId ?? null,
    listed: false,
    published: false,
    pinned: false,
    replyCount: 0,
    descendantCount: 0,
    activeAt: new Date(at),
  };
}

/** A forest: the parent of each comment is one of those before it, or none. */
function forest(parents: readonly number[], marks: readonly (number | null)[] = []): Map<string, ListedNode> {
  const nodes: ListedNode[] = [];
  parents.forEach((parent, n) => {
    const node = unlisted(`c${n}`, parent < n ? nodes[parent] : undefined, 1_000 + n);
    const mark = marks[n] ?? null;
    nodes.push(node.parentId !== null || mark === null ? node : { ...node, passageId: `p${mark}` });
  });
  return new Map(nodes.map((node) => [node.id, node]));
}

/** Of these the first is a question: the public sees it whether something hangs on it or not. */
function threePassages(): Map<string, ListedPassage> {
  const passages = [0, 1, 2].map((n): ListedPassage => ({
    id: `p${n}`,
    siteId: SITE,
    threadId: THREAD,
    kind: n === 0 ? 'question' : 'selection',
    commentCount: 0,
  }));
  return new Map(passages.map((passage) => [passage.id, passage]));
}

const above = (nodes: ReadonlyMap<string, ListedNode>, node: ListedNode): ListedNode[] => {
  const parent = node.parentId === null ? undefined : nodes.get(node.parentId);
  return parent ? [parent, ...above(nodes, parent)] : [];
};

/** The same from nothing but who is published, the slow way. */
function recompute(nodes: ReadonlyMap<string, ListedNode>, published: ReadonlySet<string>, maxDepth: number) {
  const of = (id: string) => nodes.get(id) as ListedNode;
  const under = (id: string) => above(nodes, of(id)).find((ancestor) => ancestor.depth < maxDepth)?.id ?? null;
  const listed = new Set([...published].flatMap((id) => [id, ...above(nodes, of(id)).map((ancestor) => ancestor.id)]));
  return new Map(
    [...listed].map((id) => [
      id,
      {
        published: published.has(id),
        listParentId: under(id),
        replyCount: [...published].filter((reply) => under(reply) === id).length,
        descendantCount: [...published].filter((one) => above(nodes, of(one)).some((ancestor) => ancestor.id === id))
          .length,
      },
    ]),
  );
}

/** A page that applies each event as it is delivered: with the present state of its comment, and of whom it hangs under. */
function deliver(page: Map<string, Seen>, nodes: ReadonlyMap<string, ListedNode>, commentId: string): void {
  const node = nodes.get(commentId) as ListedNode;
  const { parentId, depth, published, replyCount } = node;
  if (node.listed) page.set(commentId, { parentId, depth, published, replyCount });
  else page.delete(commentId);
  const counted = page.get(node.listParentId ?? '');
  if (counted) counted.replyCount = nodes.get(node.listParentId ?? '')?.replyCount ?? 0;
}

const parents = fc.array(fc.nat(25), { minLength: 1, maxLength: 22 });
const marks = fc.array(fc.option(fc.nat(2)), { maxLength: 22 });
const changes = fc.array(fc.record({ which: fc.nat(21), published: fc.boolean() }), { maxLength: 60 });

describe('ListingTree', () => {
  it('lists after any changes what a recomputation from nothing lists, and says so in events', () => {
    fc.assert(
      fc.property(
        parents,
        changes,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 7 }),
        (shape, steps, maxDepth, batch) => {
          const nodes = forest(shape);
          const published = new Set<string>();
          const page = new Map<string, Seen>();
          let total = 0;
          for (let at = 0; at < steps.length; at += batch) {
            const tree = new ListingTree(nodes, () => maxDepth);
            for (const { which, published: wanted } of steps.slice(at, at + batch)) {
              const id = `c${which % shape.length}`;
              tree.setPublished(id, wanted);
              if (wanted) published.add(id);
              else published.delete(id);
            }
            total += tree.published.get(THREAD) ?? 0;
            const expected = recompute(nodes, published, maxDepth);
            const listed = [...nodes.values()].filter((node) => node.listed);
            expect(new Map(listed.map((node) => [node.id, pick(node)]))).toEqual(expected);
            expect(total).toBe(published.size);
            // What the relay writes back is all that changed.
            for (const node of nodes.values()) {
              const before = page.get(node.id);
              const same =
                before !== undefined && before.published === node.published && before.replyCount === node.replyCount;
              if (node.listed ? !same : before !== undefined) expect(tree.dirty).toContain(node.id);
            }
            for (const event of tree.events) deliver(page, nodes, event.commentId ?? '');
            expect(new Map([...page].map(([id, seen]) => [id, [seen.published, seen.replyCount]]))).toEqual(
              new Map([...expected].map(([id, want]) => [id, [want.published, want.replyCount]])),
            );
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('counts after any changes what hangs on passages, and says which of them appear and vanish', () => {
    fc.assert(
      fc.property(parents, marks, changes, fc.integer({ min: 1, max: 7 }), (shape, marked, steps, batch) => {
        const nodes = forest(shape, marked);
        const stored = threePassages();
        const published = new Set<string>();
        const page = new Map<string, number>([['p0', 0]]);
        let inline = 0;
        for (let at = 0; at < steps.length; at += batch) {
          const tree = new ListingTree(nodes, () => 3, new ListedPassages(stored));
          for (const { which, published: wanted } of steps.slice(at, at + batch)) {
            const id = `c${which % shape.length}`;
            tree.setPublished(id, wanted);
            if (wanted) published.add(id);
            else published.delete(id);
          }
          inline += tree.passages.inline.get(THREAD) ?? 0;
          const on = (id: string) => [...published].filter((one) => nodes.get(one)?.passageId === id).length;
          expect([...stored.values()].map(({ id, commentCount }) => [id, commentCount])).toEqual(
            ['p0', 'p1', 'p2'].map((id) => [id, on(id)]),
          );
          expect(inline).toBe([...published].filter((id) => nodes.get(id)?.passageId !== null).length);
          for (const { commentId, passageId } of tree.events) {
            const told = passageId ?? nodes.get(commentId ?? '')?.passageId ?? null;
            if (passageId !== null && !tree.passages.shown(passageId)) page.delete(passageId);
            else if (passageId !== null || (told !== null && page.has(told))) page.set(told ?? '', on(told ?? ''));
          }
          expect([...page].sort()).toEqual(
            ['p0', 'p1', 'p2'].filter((id) => id === 'p0' || on(id) > 0).map((id) => [id, on(id)]),
          );
        }
      }),
      { numRuns: 400 },
    );
  });

  it('says a passage before its first comment, and its end after the last', () => {
    const nodes = forest([9, 0], [1]);
    const passages = new ListedPassages(threePassages());
    const tree = new ListingTree(nodes, () => 3, passages);
    tree.notePassage('p1');
    for (const [id, published] of [
      ['c0', true],
      ['c1', true],
      ['c0', false],
      ['c1', false],
    ] as const) {
      tree.setPublished(id, published);
    }
    tree.notePassage('p0');
    expect(tree.events.map(({ type, commentId, passageId }) => [type, commentId ?? passageId])).toEqual([
      ['passage.changed', 'p1'],
      ['comment.published', 'c0'],
      ['comment.published', 'c1'],
      ['comment.removed', 'c0'],
      ['comment.removed', 'c1'],
      ['comment.removed', 'c0'],
      ['passage.changed', 'p1'],
      ['passage.changed', 'p0'],
    ]);
    expect([...passages.dirty]).toEqual(['p1']);
  });

  it('says the placeholder before the reply for which it stands', () => {
    const nodes = forest([9, 0, 1]);
    const tree = new ListingTree(nodes, () => 3);
    tree.setPublished('c2', true);
    expect(tree.events.map(({ type, commentId }) => [type, commentId])).toEqual([
      ['comment.removed', 'c0'],
      ['comment.removed', 'c1'],
      ['comment.published', 'c2'],
    ]);
    tree.setPublished('c2', false);
    expect([...nodes.values()].filter((node) => node.listed)).toEqual([]);
  });

  it('does and says nothing where it is so already', () => {
    const nodes = forest([9]);
    const tree = new ListingTree(nodes, () => 3);
    tree.setPublished('c0', false);
    tree.setPinned('c0', true);
    tree.noteEdited('c0');
    tree.notePlaceholder('c0');
    tree.setPublished('unknown', true);
    expect([tree.events, [...tree.dirty]]).toEqual([[], []]);
    tree.setPublished('c0', true);
    tree.setPublished('c0', true);
    tree.setPinned('c0', true);
    tree.setPinned('c0', true);
    tree.noteEdited('c0');
    expect(tree.events.map((event) => event.type)).toEqual(['comment.published', 'comment.pinned', 'comment.edited']);
    tree.setPublished('c0', false);
    expect(nodes.get('c0')?.pinned).toBe(false);
  });

  it('dates a tree by its newest reply', () => {
    const nodes = forest([9, 0, 1]);
    const tree = new ListingTree(nodes, () => 3);
    for (const id of ['c0', 'c2', 'c1']) tree.setPublished(id, true);
    expect(nodes.get('c0')?.activeAt).toEqual(nodes.get('c2')?.createdAt);
  });
});

describe('listParentOf', () => {
  it.each([
    [0, null],
    [1, 'd0'],
    [2, 'd1'],
    [3, 'd2'],
    [4, 'd2'],
    [5, 'd2'],
  ])('puts depth %i under %s where 3 levels nest', (depth, expected) => {
    let parent: ListedNode | undefined;
    let place: string | null = null;
    for (let at = 0; at <= depth; at++) {
      const node = unlisted(`d${at}`, parent, at);
      place = node.listParentId = listParentOf(node, parent, 3);
      parent = node;
    }
    expect(place).toBe(expected);
  });
});

function pick({ published, listParentId, replyCount, descendantCount }: ListedNode) {
  return { published, listParentId, replyCount, descendantCount };
}
