import { isShown, type PassageRow } from '../passages/passage.view.js';

/** What the listing has of a passage. */
export type ListedPassage = Pick<PassageRow, 'id' | 'siteId' | 'threadId' | 'kind' | 'commentCount'>;

/** The passages that a batch touches, and how many published comments hang on each of them. */
export class ListedPassages {
  readonly dirty = new Set<string>();
  /** Change of the number of published comments that hang on any passage, by thread. */
  readonly inline = new Map<string, number>();

  constructor(private readonly passages: ReadonlyMap<string, ListedPassage> = new Map()) {}

  get(id: string): ListedPassage | undefined {
    return this.passages.get(id);
  }

  /** The passage, if the public sees it. */
  shown(id: string): ListedPassage | undefined {
    const passage = this.passages.get(id);
    return passage && isShown(passage) ? passage : undefined;
  }

  /** One published comment more or less; answers the passage that appeared or vanished by it. */
  count(node: { threadId: string; passageId: string | null }, by: 1 | -1): ListedPassage | undefined {
    if (node.passageId === null) return undefined;
    this.inline.set(node.threadId, (this.inline.get(node.threadId) ?? 0) + by);
    const passage = this.passages.get(node.passageId);
    if (!passage) return undefined;
    const before = isShown(passage);
    passage.commentCount += by;
    this.dirty.add(passage.id);
    return isShown(passage) === before ? undefined : passage;
  }
}
