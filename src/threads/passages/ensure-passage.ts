import type { EntityManager } from 'typeorm';
import { threadStore } from '../thread.store.js';
import type { Anchor } from './anchor.js';
import { placeAnchor, type Placed } from './place-anchor.js';
import { passageStore, type NewPassage } from './passage.store.js';
import type { PassageKind } from './passage.view.js';
import { noArticleText, tooManyPassages } from './passages.errors.js';

const MAX_PASSAGES: Record<PassageKind, number> = { selection: 5_000, question: 200 };

export type PassageOwner = Pick<NewPassage, 'kind' | 'prompt' | 'readerId' | 'staffId'>;

/** What a reader has marked there before, in the text that the page showed or in the newest. */
export async function sharedPassage(em: EntityManager, threadId: string, placed: Placed): Promise<string | undefined> {
  const { marked, now, newest } = placed;
  const there = await passageStore.at(em, threadId, marked.stoodIn, marked.startAt, marked.endAt);
  if (there !== undefined || now.stoodIn !== newest || newest === marked.stoodIn) return there;
  return passageStore.at(em, threadId, newest, now.startAt, now.endAt);
}

/** Holds the thread's row, so that neither a text nor a passage comes meanwhile; what was overtaken is placed anew. */
export async function placeUnderLock(
  em: EntityManager,
  thread: { id: string; placed: Placed },
  anchor: Anchor,
): Promise<Placed> {
  const locked = await threadStore.lockById(em, thread.id);
  if (!locked || locked.revision === null) throw noArticleText();
  if (locked.revision === thread.placed.newest) return thread.placed;
  return placeAnchor(em, thread.id, anchor, thread.placed.marked.id);
}

/** Under the thread's lock. @throws too-many-passages */
export async function insertPassage(
  em: EntityManager,
  { siteId, threadId }: { siteId: string; threadId: string },
  { marked, now, newest }: Placed,
  owner: PassageOwner,
): Promise<void> {
  const limit = MAX_PASSAGES[owner.kind];
  if ((await passageStore.count(em, threadId, owner.kind)) >= limit) throw tooManyPassages(limit);
  await passageStore.insert(em, { ...now, ...owner, siteId, threadId, markedIn: marked.stoodIn });
  await passageStore.keepPlaces(em, threadId, marked.stoodIn, [marked]);
  if (newest !== marked.stoodIn) await passageStore.keepPlaces(em, threadId, newest, [now]);
}
