import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MailQueue } from '../mails/mail-queue.js';
import { audienceStore } from './audience.store.js';
import { decisionAudience } from './decision-audience.store.js';
import type { Fact } from './fact.js';
import type { News } from './notification.js';
import { Tell } from './tell.js';
import type { Telling } from './telling.js';

const UNTRUE: Telling = { end: 'untrue', readerIds: [] };

/**
 * What people decided, told to those whom it is about: the author, who reported, who appealed, who sent a notice. Not
 * before it can't be undone any more. What was undone, or decided anew, is told of no more.
 */
@Injectable()
export class TellOfDecision {
  constructor(
    private readonly tell: Tell,
    private readonly mails: MailQueue,
  ) {}

  run(em: EntityManager, fact: Fact): Promise<Telling> {
    return fact.kind === 'decision' ? this.decision(em, fact) : this.other(em, fact);
  }

  private async decision(em: EntityManager, { siteId, subjectId }: Fact): Promise<Telling> {
    const about = await decisionAudience.decision(em, subjectId);
    if (!about?.stands) return UNTRUE;
    if (about.waitSeconds > 0) return { end: 'wait', seconds: about.waitSeconds, readerIds: [] };
    const { threadId, commentId, readerId } = about;
    const news = { siteId, threadId, commentId, subjectId };
    const told: string[] = [];
    if (about.tookDown && readerId !== null) {
      const author = await audienceStore.readers(em, [readerId]);
      told.push(...(await this.tell.run(em, { ...news, kind: 'rejected', eventKey: `decision ${subjectId}` }, author)));
    }
    const reporters = await audienceStore.readers(em, await decisionAudience.reporters(em, subjectId));
    told.push(...(await this.tell.run(em, { ...news, kind: 'report', eventKey: `reports ${subjectId}` }, reporters)));
    return { end: 'done', readerIds: told };
  }

  private async other(em: EntityManager, { siteId, kind, subjectId }: Fact): Promise<Telling> {
    if (kind !== 'sanction' && kind !== 'appeal' && kind !== 'notice') throw new Error(`nobody is told of ${kind}`);
    const about = await decisionAudience.other(em, kind, subjectId);
    if (!about?.stands) return UNTRUE;
    if (about.waitSeconds > 0) return { end: 'wait', seconds: about.waitSeconds, readerIds: [] };
    const { threadId, commentId, readerId } = about;
    if (kind === 'notice') {
      const data = { noticeId: subjectId };
      await this.mails.queue(em, [{ siteId, noticeId: subjectId, kind, key: `notice ${subjectId}`, data }]);
      return { end: 'done', readerIds: [] };
    }
    const news: News = { siteId, threadId, commentId, subjectId, kind, eventKey: `${kind} ${subjectId}` };
    const people = readerId === null ? [] : await audienceStore.readers(em, [readerId]);
    return { end: 'done', readerIds: await this.tell.run(em, news, people) };
  }
}
