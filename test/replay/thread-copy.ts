import { isDeepStrictEqual } from 'node:util';
import {
  isPlaceholder,
  type CommentPage,
  type List,
  type ListedComment,
  type LiveEvent,
} from '../../web/shared/api-types.js';
import type { ReplayApi } from './replay-api.js';

interface Held {
  /** Without its replies. */
  comment: ListedComment;
  /** Under which comment the listing has it; null: a root. */
  place: string | null;
}

/** The whole public thread, as somebody holds it. */
export class ThreadCopy {
  readonly held = new Map<string, Held>();
  total = 0;

  /** @param maxDepth Replies to a comment at this depth stand flat beside it. */
  constructor(private readonly maxDepth: number) {}

  apply({ comment, commentId, counts }: LiveEvent): void {
    if (comment) this.held.set(comment.id, { comment: bare(comment), place: this.placeOf(comment) });
    else if (commentId) this.held.delete(commentId);
    if (counts?.total !== undefined) this.total = counts.total;
    for (const [id, replyCount] of Object.entries(counts?.replies ?? {})) {
      const entry = this.held.get(id);
      if (entry) entry.comment = { ...entry.comment, replyCount };
    }
  }

  /** Where a comment's count of replies is not the number of those that are here. */
  miscounted(): string[] {
    const children = Map.groupBy(this.held.values(), ({ place }) => place);
    return [...this.held.values()].flatMap(({ comment: { id, replyCount } }) => {
      const replies = (children.get(id) ?? []).filter(({ comment }) => !isPlaceholder(comment)).length;
      return replies === replyCount ? [] : [`${id} counts ${replyCount} replies and has ${replies}`];
    });
  }

  private placeOf({ parentId }: ListedComment): string | null {
    const parent = parentId === null ? undefined : this.held.get(parentId);
    return !parent || parent.comment.depth < this.maxDepth ? parentId : parent.place;
  }
}

export interface WholeThread {
  copy: ThreadCopy;
  /** Of the oldest list among those that were read: the events after it complete the copy. */
  seq: number;
  /** Comments that a walk over all lists met twice. */
  doubles: string[];
}

/** Reads every page of the listing and of all replies. */
export async function readWhole(
  api: ReplayApi,
  address: { site: string; thread: string; maxDepth: number },
): Promise<WholeThread> {
  const copy = new ThreadCopy(address.maxDepth);
  const seqs: number[] = [];
  const doubles: string[] = [];

  const read = async (path: string, place: string | null, list?: List<ListedComment>): Promise<void> => {
    const cursor = list?.nextCursor ? `&cursor=${encodeURIComponent(list.nextCursor)}` : '';
    const page = await api.call<CommentPage>('GET', `${path}limit=100${cursor}`);
    seqs.push(page.seq);
    copy.total = page.total;
    await add(page.items, place);
    if (page.nextCursor !== null) await read(path, place, page);
  };
  const add = async (items: readonly ListedComment[], place: string | null): Promise<void> => {
    for (const comment of items) {
      if (copy.held.has(comment.id)) doubles.push(comment.id);
      copy.held.set(comment.id, { comment: bare(comment), place });
      await add(comment.replies?.items ?? [], comment.id);
      if (comment.replies?.nextCursor) await read(`/comments/${comment.id}/replies?`, comment.id, comment.replies);
    }
  };

  const { site, thread } = address;
  await read(`/sites/${encodeURIComponent(site)}/threads/${encodeURIComponent(thread)}/comments?sort=oldest&`, null);
  return { copy, seq: Math.min(...seqs), doubles };
}

/** Where two copies differ: nothing if they are equal to the last field. */
export function differences(one: ThreadCopy, other: ThreadCopy): string[] {
  const found = one.total === other.total ? [] : [`total ${one.total}, not ${other.total}`];
  for (const id of new Set([...one.held.keys(), ...other.held.keys()])) {
    const [here, there] = [one.held.get(id), other.held.get(id)];
    if (!isDeepStrictEqual(here, there)) found.push(`${id}: ${JSON.stringify(here)}, not ${JSON.stringify(there)}`);
  }
  return found;
}

function bare(comment: ListedComment): ListedComment {
  const { replies: _, ...rest } = comment;
  return rest;
}
