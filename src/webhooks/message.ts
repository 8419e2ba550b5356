import { Injectable } from '@nestjs/common';
import { DomainError } from '../platform/errors.js';
import { Statement } from '../platform/database/statement.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { FactReaders } from '../platform/stream/fact-readers.js';
import { ANONYMOUS } from '../identity/index.js';
import { SiteCache } from '../sites/index.js';
import { ReadComment } from '../threads/index.js';
import type { DueDelivery } from './delivery.js';
import { TEST_TYPE } from './event-types.js';

/** The body of a request, in the shape of Standard Webhooks. */
export interface Message {
  type: string;
  /** When it happened. */
  timestamp: string;
  data: Record<string, unknown>;
}

const COMMENT = new Statement<{ status: string; threadKey: string }>(
  'webhooks.comment',
  'SELECT c.status, t.key AS "threadKey" FROM comments c JOIN threads t ON t.id = c.thread_id WHERE c.id = $1',
);
const THREAD = new Statement<{ threadKey: string }>(
  'webhooks.thread',
  'SELECT key AS "threadKey" FROM threads WHERE id = $1',
);

const OF_PUBLIC = new Set(['comment.published', 'comment.edited', 'comment.removed']);

/**
 * What a delivery says, read when it is sent: a comment that is public no more is told as removed, and one that is back
 * as published. Of what the public may not see go ids and the status, never a text.
 */
@Injectable()
export class Messages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly readComment: ReadComment,
    private readonly facts: FactReaders,
  ) {}

  /** Undefined: there is nothing to tell any more, or nothing that this endpoint listens to. */
  async of(delivery: DueDelivery): Promise<Message | undefined> {
    const said = OF_PUBLIC.has(delivery.type) ? await this.ofPublic(delivery) : await this.ofOther(delivery);
    if (!said || (said.type !== TEST_TYPE && !delivery.types.includes(said.type))) return undefined;
    const { key: site } = await this.sites.siteById(delivery.siteId);
    return { type: said.type, timestamp: delivery.at.toISOString(), data: { site, ...said.data } };
  }

  private async ofPublic({ type, subjectId }: DueDelivery) {
    const comment = await this.published(subjectId);
    if (comment) {
      const { threadKey, id: commentId } = comment;
      const now = type === 'comment.edited' ? type : 'comment.published';
      return { type: now, data: { threadKey, commentId, comment } };
    }
    const [known] = await COMMENT.run(this.unitOfWork.em, [subjectId]);
    return {
      type: 'comment.removed',
      data: { ...(known ? { threadKey: known.threadKey } : {}), commentId: subjectId },
    };
  }

  private async ofOther({ type, siteId, subjectId, threadId, data }: DueDelivery) {
    if (type === TEST_TYPE) return { type, data: {} };
    if (type.startsWith('comment.')) {
      const [known] = await COMMENT.run(this.unitOfWork.em, [subjectId]);
      return known && { type, data: { ...known, commentId: subjectId } };
    }
    const more = await this.facts.read(type, { siteId, subjectId, data });
    const [thread] = threadId === null ? [] : await THREAD.run(this.unitOfWork.em, [threadId]);
    return more && { type, data: { ...thread, ...idOf(type, subjectId), ...more } };
  }

  private async published(commentId: string) {
    try {
      const { comment } = await this.readComment.run(ANONYMOUS, commentId);
      return comment.status === 'published' && 'html' in comment ? comment : undefined;
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'not-found') return undefined;
      throw error;
    }
  }
}

/** `passage.changed` is about a passageId, and so on; what is about a thread has its key. */
function idOf(type: string, subjectId: string): Record<string, string> {
  const what = type.split('.')[0] ?? '';
  return what === 'passage' || what === 'appeal' ? { [`${what}Id`]: subjectId } : {};
}
