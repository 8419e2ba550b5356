import type { EntityManager } from 'typeorm';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { invalidField } from '../../platform/errors.js';
import { newId } from '../../platform/new-id.js';
import { passageForPost, passageOfParent, type PassageOfPost, type PostOutcome } from '../post.store.js';
import type { Anchor } from './anchor.js';
import { insertPassage, placeUnderLock, sharedPassage } from './ensure-passage.js';
import { placeAnchor, type Placed } from './place-anchor.js';
import { passageNotFound, questionClosed } from './passages.errors.js';

/** What a new comment is to hang on, as it was asked for. */
export interface AskedTarget {
  sessionId: string;
  parentId: string | null;
  passageId: string | null;
  anchor: Anchor | null;
}

/** A passage that is there, or none; or words that nobody has marked yet. */
export type Target = { passage: PassageOfPost | null } | { anchor: Anchor; placed: Placed };

type Write = (em: EntityManager, passage: PassageOfPost | null) => Promise<PostOutcome | undefined>;

/** @throws validation, no-article-text, revision-not-found, anchor-not-found, anchor-ambiguous */
export async function targetOfPost(em: EntityManager, threadId: string, asked: AskedTarget): Promise<Target> {
  const { parentId, passageId, anchor } = asked;
  if (anchor && passageId !== null) throw invalidField('/passageId', 'Either an anchor or a passageId, not both.');
  if (parentId !== null) return { passage: await inherited(em, threadId, parentId, asked) };
  if (passageId !== null) return { passage: { id: passageId, byWords: false } };
  if (!anchor) return { passage: null };
  const placed = await placeAnchor(em, threadId, anchor, newId());
  const shared = await sharedPassage(em, threadId, placed);
  return shared === undefined ? { anchor, placed } : { passage: { id: shared, byWords: true } };
}

/** A reply hangs where its parent does; it may say so, and nothing else. */
async function inherited(
  em: EntityManager,
  threadId: string,
  parentId: string,
  { passageId, anchor }: AskedTarget,
): Promise<null> {
  if (anchor) throw invalidField('/anchor', 'A reply hangs on the passage of what it answers: leave the anchor out.');
  if (passageId === null) return null;
  // Without such a parent the statement says so.
  const given = await passageOfParent(em, threadId, parentId);
  if (given !== undefined && given !== passageId.toLowerCase()) {
    throw invalidField(
      '/passageId',
      'A reply hangs on the passage of what it answers: leave it out, or name that one.',
    );
  }
  return null;
}

/**
 * Writes a comment on its target. A passage that is not there yet is made in the same transaction, under the lock that
 * publishing a text takes; a comment that is not written leaves none behind.
 */
export async function writeOnTarget(
  unitOfWork: UnitOfWork,
  thread: { siteId: string; threadId: string },
  target: Target,
  write: Write,
): Promise<PostOutcome | undefined> {
  if ('passage' in target) return write(unitOfWork.em, target.passage);
  return unitOfWork.run(async (em) => {
    const { threadId } = thread;
    const placed = await placeUnderLock(em, { id: threadId, placed: target.placed }, target.anchor);
    const shared = await sharedPassage(em, threadId, placed);
    const outcome = await write(em, { id: shared ?? placed.marked.id, byWords: true });
    if (shared === undefined && outcome?.createdAt) {
      const owner = { kind: 'selection', prompt: null, readerId: outcome.readerId, staffId: null } as const;
      await insertPassage(em, thread, placed, owner);
    }
    return outcome;
  });
}

/** What a post that names a passage would be told. @throws passage-not-found, question-closed */
export async function checkNamedPassage(
  em: EntityManager,
  threadId: string,
  target: Target,
  sessionId: string,
): Promise<void> {
  if (!('passage' in target) || !target.passage || target.passage.byWords) return;
  const found = await passageForPost(em, threadId, target.passage.id, sessionId);
  if (!found?.shown) throw passageNotFound();
  if (found.closed) throw questionClosed();
}
