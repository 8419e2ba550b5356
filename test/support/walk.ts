import type { List, ListedComment, Sort } from '../../web/shared/api-types.js';
import type { App } from './app.js';

/** A listed comment without what hangs below it, and under which comment it hangs. */
export type Shown = Omit<ListedComment, 'replies'> & { under: string | null };

export interface Walk {
  /** In the order of the page: each before its replies. */
  shown: Shown[];
  total: number;
  /** Of each page that was read, first to last. */
  seqs: number[];
}

/** Reads a thread to its end, page by page and every list of replies. */
export async function walk(
  app: Pick<App, 'call' | 'list'>,
  thread: string,
  { sort = 'newest', limit = 5, passage }: { sort?: Sort; limit?: number; passage?: string } = {},
  afterPage: (seq: number, first: boolean) => void = () => undefined,
): Promise<Walk> {
  const result: Walk = { shown: [], total: 0, seqs: [] };
  const take = async (list: List<ListedComment>, under: string | null): Promise<void> => {
    for (const { replies, ...comment } of list.items) {
      result.shown.push({ ...comment, under } as Shown);
      if (replies) await takeAll(replies, comment.id);
    }
  };
  const takeAll = async (first: List<ListedComment>, under: string): Promise<void> => {
    let list = first;
    await take(list, under);
    while (list.nextCursor !== null) {
      const query = { cursor: list.nextCursor, limit };
      const { status, body } = await app.call<List<ListedComment> & { seq: number }>(`/comments/${under}/replies`, {
        query,
      });
      // Gone since: the events after the page's seq say so.
      if (status === 404) return;
      result.seqs.push(body.seq);
      afterPage(body.seq, false);
      list = body;
      await take(list, under);
    }
  };
  for (let cursor: string | null | undefined = undefined; cursor !== null;) {
    const page = await app.list(thread, { sort, limit, cursor, passage });
    afterPage(page.seq, cursor === undefined);
    result.seqs.push(page.seq);
    result.total = page.total;
    await take(page, null);
    cursor = page.nextCursor;
  }
  return result;
}
