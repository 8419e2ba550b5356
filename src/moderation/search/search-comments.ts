import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors.js';
import { Cursor, isInstant, isUuid } from '../../platform/http/cursor.js';
import { authorise, requireStaff, sitesWhere, type Actor } from '../../identity/index.js';
import { SiteCache, type SiteRow } from '../../sites/index.js';
import { staffCommentInThreadView, StaffComments, ThreadDirectory, type Status } from '../../threads/index.js';
import {
  commentSearchStore,
  type CommentSearch,
  type FoundComment,
  type SearchPosition,
} from './comment-search.store.js';
import { readersNamed } from './readers-named.store.js';
import type { SearchedCommentListView } from './searched-comment.view.js';
import { queryOf } from './words.js';

export interface SearchInput {
  q?: string;
  siteKey?: string;
  /** An id, or the beginning of a name. */
  reader?: string;
  threadKey?: string;
  status?: Exclude<Status, 'deleted'>;
  from?: string;
  to?: string;
  limit: number;
  cursor?: string;
}

/** `stop`: there is more that nobody has looked at, older than this. */
interface Found {
  items: FoundComment[];
  stop: SearchPosition | undefined;
}

const LAST = ['9999-12-31T23:59:59.999Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] as const;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Comments of my sites, by words, readers, threads and time, newest first. */
@Injectable()
export class SearchComments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly comments: StaffComments,
    private readonly directory: ThreadDirectory,
  ) {}

  async run(actor: Actor, input: SearchInput): Promise<SearchedCommentListView> {
    requireStaff(actor);
    const sites = await this.readable(actor, input);
    const to = input.to === undefined ? LAST : ([new Date(input.to).toISOString(), FIRST_ID] as const);
    const after = Cursor.decode('comments', input.cursor, isPosition) ?? to;
    const keys = new Map(sites.map((site) => [site.id, site.key]));
    return this.unitOfWork.snapshot(async (em) => {
      const found: Found[] = [];
      for (const site of sites) found.push(await this.ofSite(em, site, { ...input, after }));
      const { items, stop } = merged(found, input.limit);
      const views = await this.comments.byIds(
        em,
        items.map(({ id }) => id),
      );
      return {
        items: items.flatMap(({ id }) => {
          const comment = views.get(id);
          if (!comment) return [];
          return [{ ...staffCommentInThreadView(comment.row), site: keys.get(comment.row.siteId) ?? '' }];
        }),
        nextCursor: stop ? Cursor.encode('comments', stop) : null,
      };
    });
  }

  private async readable(actor: Actor, { siteKey, threadKey }: SearchInput): Promise<SiteRow[]> {
    if (siteKey !== undefined) {
      const site = await this.sites.siteByKey(siteKey);
      authorise(actor, 'comment.read', site.id, 'site');
      return [site];
    }
    // A key is one of a site.
    if (threadKey !== undefined) throw parameter('thread', 'A thread is one of a site: name the site too.');
    return Promise.all(sitesWhere(actor, 'comment.read').map((id) => this.sites.siteById(id)));
  }

  private async ofSite(
    em: EntityManager,
    { id: siteId, key: siteKey }: SiteRow,
    { q, reader, threadKey, status, from, after, limit }: SearchInput & { after: SearchPosition },
  ): Promise<Found> {
    const query = q === undefined ? undefined : queryOf(siteId, q);
    if (q !== undefined && query === undefined) throw parameter('q', 'There is no word in it.');
    const readerIds = reader === undefined || isUuid(reader) ? undefined : await readersNamed(em, siteId, reader);
    const thread = threadKey === undefined ? undefined : await this.directory.find({ siteKey, threadKey });
    const search: CommentSearch = {
      ...{ siteId, query, threadId: thread?.threadId, status, after, limit: limit + 1 },
      readerIds: isUuid(reader) ? [reader] : readerIds,
      from: from === undefined ? undefined : new Date(from).toISOString(),
    };
    return find(em, search);
  }
}

/** What is in many comments is among the newest, and what is not is in few: then the index of words has it. */
async function find(em: EntityManager, search: CommentSearch): Promise<Found> {
  const newest = await commentSearchStore.newest(em, search);
  if (newest.length >= search.limit) return { items: newest, stop: undefined };
  const looked = await commentSearchStore.newestUpTo(em, search);
  if (!looked || search.query === undefined) return { items: newest, stop: looked && positionOf(looked) };
  const items = await commentSearchStore.byWords(em, search);
  if (items.length >= search.limit || search.status === undefined) return { items, stop: undefined };
  const upTo = await commentSearchStore.byWordsUpTo(em, search);
  return { items, stop: upTo && positionOf(upTo) };
}

/** Of all sites: up to the first place behind which one of them has more to look at, or as many as are asked for. */
function merged(found: readonly Found[], limit: number): { items: FoundComment[]; stop: SearchPosition | undefined } {
  const all = found.flatMap(({ items }) => items).sort((a, b) => compare(positionOf(b), positionOf(a)));
  const stops = found.flatMap(({ stop }) => (stop ? [stop] : [])).sort(compare);
  const [stop, last] = [stops.at(-1), all.length > limit ? all[limit - 1] : undefined];
  if (last && (!stop || compare(positionOf(last), stop) > 0))
    return { items: all.slice(0, limit), stop: positionOf(last) };
  return { items: stop ? all.filter((item) => compare(positionOf(item), stop) >= 0) : all, stop };
}

function positionOf({ at, id }: FoundComment): SearchPosition {
  return [at.toISOString(), id];
}

function compare([at, id]: SearchPosition, [otherAt, otherId]: SearchPosition): number {
  return at === otherAt ? (id < otherId ? -1 : Number(id > otherId)) : at < otherAt ? -1 : 1;
}

function parameter(name: string, detail: string): DomainError {
  return new DomainError('malformed', 'malformed-parameter', detail, [{ pointer: `?${name}`, detail }]);
}

function isPosition(parts: readonly unknown[]): parts is [string, string] {
  return parts.length === 2 && isInstant(parts[0]) && isUuid(parts[1]);
}
