import type { EntityManager } from 'typeorm';
import {
  digestOfText,
  type AuthorRecord,
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

function numberOf(params: unknown, name: string, otherwise: number): number {
  const value: unknown = (params as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'number' ? value : otherwise;
}

/** How far before the first comment texts matter. */
export function looksBackSeconds({ kind, params }: Rule): number {
  return kind === 'repeats' ? numberOf(params, 'withinSeconds', 0) : 0;
}

/** Reads what the rule's kind needs to know of the moment at which each comment of a page came; mostly nothing. */
export async function historiesOf(
  em: EntityManager,
  dryRun: { id: string; siteId: string; rule: Rule },
  page: readonly PastComment[],
): Promise<Histories> {
  const { kind, params } = dryRun.rule;
  const by = (authors: ReadonlyMap<string, AuthorRecord>): Histories => {
    return ({ id }) => ({
      author: authors.get(id) ?? { published: 0, decided: { published: 0, rejected: 0 }, postedAt: [] },
    });
  };
  if (kind === 'flood') return by(await pastHistoryStore.posted(em, page, numberOf(params, 'perSeconds', 60)));
  if (kind === 'new-reader') return by(await pastHistoryStore.published(em, page, numberOf(params, 'published', 1)));
  if (kind === 'rejection-rate') return by(await pastHistoryStore.decided(em, page));
  if (kind === 'repeats') return repeatsOf(em, dryRun, page);
  return () => ({});
}

async function repeatsOf(
  em: EntityManager,
  { id, siteId, rule }: { id: string; siteId: string; rule: Rule },
  page: readonly PastComment[],
): Promise<Histories> {
  const texts = page.flatMap((comment) => {
    const digest = digestOfText(comment.body);
    return digest === null ? [] : [{ comment, digest }];
  });
  await pastHistoryStore.noteTexts(em, { id, siteId }, texts);
  const digests = new Map(texts.map(({ comment, digest }) => [comment.id, digest]));
  const oldest = Math.min(...page.map(({ createdAt }) => createdAt.getTime()));
  const since = new Date(oldest - looksBackSeconds(rule) * 1_000);
  const same = await pastHistoryStore.sameTexts(em, id, [...new Set(digests.values())], since);
  return (comment) => {
    const all = same.get(digests.get(comment.id) ?? '') ?? [];
    const earlier = all.filter(({ commentId }) => commentId < comment.id);
    return { priorTexts: earlier.map((text): PriorText => ({ ...text, own: text.reader === comment.readerId })) };
  };
}
