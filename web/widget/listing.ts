import type { CommentPage, Sort } from '../shared/api-types.js';
import type { ReaderApi } from '../shared/reader-api.js';
import type { Filter } from '../shared/thread-model.js';

/** Stands for the beginning of the next list, where one follows. */
const NEXT_LIST = '';

/** The roots of a thread in one order, under one filter: one list, or that of a passage and then that of all inline comments. */
export class Listing {
  private readonly lists: readonly Filter[];
  private at = 0;

  constructor(
    private readonly api: ReaderApi,
    readonly sort: Sort,
    readonly filter: Filter,
  ) {
    this.lists = filter === undefined || filter === 'any' ? [filter] : [filter, 'any'];
  }

  /** The first page. A passage's few comments do not stand alone: the next list begins below them. */
  async first(): Promise<CommentPage> {
    const page = await this.page(undefined);
    if (page.nextCursor !== NEXT_LIST) return page;
    const following = await this.next(NEXT_LIST);
    const items = [...page.items, ...following.items];
    // Of the older of both: whoever follows asks for what came after.
    return { ...page, items, nextCursor: following.nextCursor, seq: Math.min(page.seq, following.seq) };
  }

  next(cursor: string): Promise<CommentPage> {
    if (cursor !== NEXT_LIST) return this.page(cursor);
    this.at += 1;
    return this.page(undefined).catch((error: unknown) => {
      this.at -= 1;
      throw error;
    });
  }

  private async page(cursor: string | undefined): Promise<CommentPage> {
    const page = await this.api.comments({ sort: this.sort, passage: this.lists[this.at], cursor });
    const follows = page.nextCursor === null && this.at + 1 < this.lists.length;
    return follows ? { ...page, nextCursor: NEXT_LIST } : page;
  }
}
