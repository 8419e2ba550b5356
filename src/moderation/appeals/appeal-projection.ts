import { Injectable, type OnModuleInit } from '@nestjs/common';
import { newId } from '../../platform/new-id.js';
import type { Folded, OutboxRow, Projection, RelayConnection } from '../../platform/stream/projection.js';
import { Relay } from '../../platform/stream/relay.js';
import type { ChangedItem } from '../queue-membership.js';
import { signalsOf } from '../queue-projection.js';
import { BRING_UP_APPEALS, FOLLOW_COMMENTS } from './appeal-membership.js';

const APPEAL_DECIDED = 'appeal.decided';

/** Keeps the queue of appeals, and ends those whose decision was taken back by its maker or another person. */
@Injectable()
export class AppealProjection implements Projection, OnModuleInit {
  readonly name = 'appeals';

  constructor(private readonly relay: Relay) {}

  onModuleInit(): void {
    this.relay.register(this);
  }

  async fold(connection: RelayConnection, rows: readonly OutboxRow[]): Promise<Folded> {
    const appeals = subjectsOf(rows, (topic) => topic.startsWith('appeal.'));
    const comments = subjectsOf(rows, (topic) => topic === 'comment.decided');
    if (appeals.length + comments.length === 0) return { signals: Promise.resolve([]) };
    const fresh = (ids: readonly string[]) => ids.map(() => newId());
    // The second runs behind the first, and sees what it has changed.
    const followed =
      comments.length > 0
        ? FOLLOW_COMMENTS.on(connection, [comments, fresh(comments), fresh(comments), APPEAL_DECIDED])
        : Promise.resolve([]);
    const changed = BRING_UP_APPEALS.on(connection, [appeals, fresh(appeals), comments, fresh(comments)]);
    const left = rows.flatMap(leftItems);
    return { signals: Promise.all([changed, followed]).then(([items]) => signalsOf([...left, ...items])) };
  }
}

/** What an outcome took out of the queue in its own transaction. */
function leftItems({ topic, siteId, data }: OutboxRow): ChangedItem[] {
  const itemId = topic === APPEAL_DECIDED ? data?.itemId : undefined;
  return typeof itemId === 'string' ? [{ siteId, queue: 'appeals', itemId, change: 'left' }] : [];
}

function subjectsOf(rows: readonly OutboxRow[], matches: (topic: string) => boolean): string[] {
  return [...new Set(rows.filter(({ topic }) => matches(topic)).map(({ subjectId }) => subjectId))];
}
