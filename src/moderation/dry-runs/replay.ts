import type { EntityManager } from 'typeorm';
import {
  digestOfText,
  type AuthorRecord,
  type Needs,
  type PriorText,
  type Rule,
  type ScreeningInput,
} from '../../screening/index.js';
import type { PastComment } from './past-comments.store.js';
import { pastHistoryStore } from './past-history.store.js';

/** What a rule goes by besides the text. */
export type History = Partial<Pick<ScreeningInput, 'author' | 'priorTexts'>>;
export type Histories = (comment: PastComment) => History;

/** Whatever stands here says of a kind of rule how near a replay comes to what would have happened. */
const CAVEATS: Readonly<Record<string, string>> = {
  'new-reader':
    'How many comments of a reader stood published at a time is told from decisions. What an edit held or published again, or its author took back since, may count otherwise.',
  'rejection-rate':
    'What people had decided at a time is told from decisions. A decision on a text that was edited later still counts.',
};
const OF_EVERY_KIND =
  'Of each comment its newest text is looked at, as if it had been posted so; texts that were erased are left out.';

export function caveatsOf({ kind }: Pick<Rule, 'kind'>): { exactness: 'exact' | 'approximate'; caveats: string[] } {
  const own = CAVEATS[kind];
  return { exactness: own === undefined ? 'exact' : 'approximate', caveats: [OF_EVERY_KIND, ...(own ? [own] : [])] };
}

const UNKNOWN: AuthorRecord = { published: 0, decided: { published: 0, rejected: 0 }, postedAt: [] };

/** How far before the first comment texts matter. */
export function looksBackSeconds(needs: Needs): number {
  return needs.get('texts')?.seconds ?? 0;
}

/** Reads what the rule needs to know of the moment at which each comment of a page came; mostly nothing. */
export async function historiesOf(
  em: EntityManager,
  dryRun: { id: string; siteId: string },
  needs: Needs,
  page: readonly PastComment[],
): Promise<Histories> {
  const by = (authors: ReadonlyMap<string, AuthorRecord>): Histories => {
    return ({ id }) => ({ author: authors.get(id) ?? UNKNOWN });
  };
  const [posted, published, decided] = [needs.get('posted'), needs.get('published'), needs.get('decided')];
  if (posted) return by(await pastHistoryStore.posted(em, page, posted));
  if (published) return by(await pastHistoryStore.published(em, page, published));
  if (decided) return by(await pastHistoryStore.decided(em, page, decided));
  return needs.has('texts') ? repeatsOf(em, dryRun, looksBackSeconds(needs), page) : () => ({});
}

async function repeatsOf(
  em: EntityManager,
  { id, siteId }: { id: string; siteId: string },
  seconds: number,
  page: readonly PastComment[],
): Promise<Histories> {
  const texts = page.flatMap((comment) => {
    const digest = digestOfText(comment.body);
    return digest === null ? [] : [{ comment, digest }];
  });
  await pastHistoryStore.noteTexts(em, { id, siteId }, texts);
  const digests = new Map(texts.map(({ comment, digest }) => [comment.id, digest]));
  const oldest = Math.min(...page.map(({ createdAt }) => createdAt.getTime()));
  const since = new Date(oldest - seconds * 1_000);
  const same = await pastHistoryStore.sameTexts(em, id, [...new Set(digests.values())], since);
  return (comment) => {
    const all = same.get(digests.get(comment.id) ?? '') ?? [];
    const earlier = all.filter(({ commentId }) => commentId < comment.id);
    return { priorTexts: earlier.map((text): PriorText => ({ ...text, own: text.reader === comment.readerId })) };
  };
}
