import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { mentionsIn } from '../../threads/index.js';
import { AddressKeys } from '../addresses/address-keys.js';
import { audienceStore, type Page, type PublishedComment } from './audience.store.js';
import type { Cursor, Fact } from './fact.js';
import type { News } from './notification.js';
import { Tell } from './tell.js';
import type { Telling } from './telling.js';

const PAGE = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * In this order, and each person once: an answer matters more than a mention, a mention more than one comment among
 * others. So whoever subscribed to both is told of the answer.
 */
const STEPS = ['own', 'reply', 'mention', 'follow-up'] as const;
type Step = (typeof STEPS)[number];

/** A comment that became public. */
@Injectable()
export class TellOfComment {
  constructor(
    private readonly tell: Tell,
    private readonly keys: AddressKeys,
  ) {}

  /** One page of those who are to be told, from where the last one ended; small audiences fit into one. */
  async run(em: EntityManager, { siteId, subjectId: commentId, cursor }: Fact): Promise<Telling> {
    const comment = await audienceStore.comment(em, commentId);
    if (comment?.status !== 'published') return { end: 'untrue', readerIds: [] };
    const news = { siteId, threadId: comment.threadId, commentId, subjectId: null };
    const readerIds: string[] = [];
    let told = 0;
    let { step, after } = cursor ?? { step: 0, after: FIRST };
    while (step < STEPS.length) {
      const kind = STEPS[step] as Step;
      const { people, next } = await this.page(em, kind, comment, { after, limit: PAGE });
      readerIds.push(...(await this.tell.run(em, { ...news, ...named(kind, commentId) }, people)));
      told += people.length;
      [step, after] = next === undefined ? [step + 1, FIRST] : [step, next];
      if (next !== undefined || told >= PAGE)
        return { end: 'page', cursor: { step, after } satisfies Cursor, readerIds };
    }
    return { end: 'done', readerIds };
  }

  private async page(
    em: EntityManager,
    step: Step,
    comment: PublishedComment,
    walk: { after: string; limit: number },
  ): Promise<Page> {
    const { siteId, authorId, parentAuthorId, parentAuthorEmail, threadId } = comment;
    switch (step) {
      case 'own':
        return { people: comment.approved ? await audienceStore.mentioned(em, [authorId]) : [] };
      case 'reply': {
        const key = parentAuthorEmail === null ? null : this.keys.ofEmail(siteId, parentAuthorEmail);
        const page = await audienceStore.ofAnswers(em, comment, key, walk);
        // Whoever is answered finds it in the inbox, asked for or not.
        const answered = walk.after === FIRST && parentAuthorId !== null && parentAuthorId !== authorId;
        return answered ? { ...page, people: [{ readerId: parentAuthorId }, ...page.people] } : page;
      }
      case 'mention': {
        const mentioned = mentionsIn(comment.body).filter((id) => id !== authorId);
        if (mentioned.length === 0) return { people: [] };
        return { people: await audienceStore.mentioned(em, await audienceStore.takingPart(em, mentioned, threadId)) };
      }
      case 'follow-up':
        return audienceStore.ofThread(em, comment, walk);
    }
  }
}

/** That one's own comment is public, and that somebody answered, are two things. */
function named(step: Step, commentId: string): Pick<News, 'kind' | 'eventKey'> {
  if (step === 'own') return { kind: 'published', eventKey: `own ${commentId}` };
  return { kind: step, eventKey: `comment ${commentId}` };
}
