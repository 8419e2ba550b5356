import type { LiveEvent, Passage, Thread } from './api-types.js';

/** The passages of an article as the page holds them, without DOM: the thread and live events go in. */
export class PassageModel {
  private passages = new Map<string, Passage>();
  /** The newest text of the article; null as long as the publisher sent none. */
  revision: Thread['revision'] = null;

  /** All of them, in the order in which the server gave them; what came live stands last. */
  get all(): Passage[] {
    return [...this.passages.values()];
  }

  /** Published comments on any passage, replies included. */
  get commentCount(): number {
    return this.all.reduce((sum, { commentCount }) => sum + commentCount, 0);
  }

  get(id: string | null): Passage | undefined {
    return id === null ? undefined : this.passages.get(id);
  }

  take({ passages, revision }: Pick<Thread, 'passages' | 'revision'>): void {
    this.revision = revision;
    this.passages = new Map(passages.map((passage) => [passage.id, passage]));
  }

  /** What did not change stays the same object. */
  apply(events: readonly LiveEvent[]): void {
    for (const { passageId, passage, counts } of events) {
      if (passage) this.passages.set(passage.id, passage);
      else if (passageId !== undefined) this.passages.delete(passageId);
      for (const [id, commentCount] of Object.entries(counts?.passages ?? {})) {
        const known = this.passages.get(id);
        if (known && known.commentCount !== commentCount) this.passages.set(id, { ...known, commentCount });
      }
    }
  }
}
