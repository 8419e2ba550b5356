import fc from 'fast-check';
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
    passageId: null,
    listed: false,
    published: false,
    pinned: false,
    replyCount: 0,
    descendantCount: 0,
    activeAt: new Date(at),
  };
}

/** A forest: the parent of each comment is one of those before it, or none. */
function forest(parents: readonly number[]): Map<string, ListedNode> {
  const nodes: ListedNode[] = [];
  parents.forEach((parent, n) => nodes.push(unlisted(`c${n}`, parent < n ? nodes[parent] : undefined, 1_000 + n)));
  return new Map(nodes.map((node) => [node.id, node]));
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
