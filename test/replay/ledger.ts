import type { Comment, CommentStatus } from '../../web/shared/api-types.js';
import { isPlaceholder } from '../../web/shared/api-types.js';
import type { ThreadCopy } from './thread-copy.js';

/** What the server has acknowledged of one comment. */
export interface Entry {
  id: string;
  spam: boolean;
  token: string;
  /** The status that each revision came to; a later revision counts, whatever order the answers came in. */
  statuses: Map<number, CommentStatus>;
  html: Map<number, string>;
  decided: Set<number>;
  deleted: boolean;
  votes: Map<string, 1 | -1>;
  /** When the request was sent, in milliseconds. */
  postedAt: number;
  approvedAt: number | undefined;
}

/** The other side of the account: what a reader or moderator was told has been done, to hold the thread against. */
export class Ledger {
  readonly entries = new Map<string, Entry>();

  posted(comment: Comment, made: Pick<Entry, 'spam' | 'token' | 'postedAt'>): Entry {
    const entry: Entry = {
      ...made,
      id: comment.id,
      statuses: new Map(),
      html: new Map(),
      decided: new Set(),
      deleted: false,
      votes: new Map(),
      approvedAt: undefined,
    };
    this.entries.set(entry.id, entry);
    this.revised(entry, comment);
    return entry;
  }

  /** A decision on this very revision may have been told before: it came later. */
  revised(entry: Entry, { revision, status, html }: Comment): void {
    if (!entry.statuses.has(revision)) entry.statuses.set(revision, status);
    entry.html.set(revision, html);
  }

  decided(entry: Entry, revision: number, status: CommentStatus): void {
    entry.statuses.set(revision, status);
    entry.decided.add(revision);
  }

  statusOf({ deleted, statuses }: Entry): CommentStatus {
    return deleted ? 'deleted' : (statuses.get(Math.max(...statuses.keys())) ?? 'pending');
  }

  /** A person is to look at the latest revision yet. */
  waits(entry: Entry): boolean {
    const status = this.statusOf(entry);
    return (status === 'pending' || status === 'published') && !entry.decided.has(Math.max(...entry.statuses.keys()));
  }

  with(status: CommentStatus): Entry[] {
    return [...this.entries.values()].filter((entry) => this.statusOf(entry) === status);
  }

  /** Where the public thread differs from what was acknowledged. */
  differences(copy: ThreadCopy): string[] {
    const published = new Map(this.with('published').map((entry) => [entry.id, entry]));
    const found = copy.total === published.size ? [] : [`total is ${copy.total}, acknowledged ${published.size}`];
    for (const { comment } of copy.held.values()) {
      if (!isPlaceholder(comment) && !published.has(comment.id)) found.push(`${comment.id} is shown and must not be`);
    }
    for (const entry of published.values()) found.push(...differencesOf(entry, copy));
    return found;
  }
}

function differencesOf(entry: Entry, copy: ThreadCopy): string[] {
  const comment = copy.held.get(entry.id)?.comment;
  if (!comment || isPlaceholder(comment)) return [`${entry.id} is published and not shown`];
  const revision = Math.max(...entry.statuses.keys());
  const votes = [...entry.votes.values()];
  const expected = {
    status: 'published',
    revision,
    html: entry.html.get(revision),
    up: votes.filter((value) => value === 1).length,
    down: votes.filter((value) => value === -1).length,
  };
  const { status, html } = comment;
  const shown = { status, revision: comment.revision, html, up: comment.votes.up, down: comment.votes.down };
  const [is, must] = [JSON.stringify(shown), JSON.stringify(expected)];
  return is === must ? [] : [`${entry.id} is shown as ${is}, acknowledged was ${must}`];
}
