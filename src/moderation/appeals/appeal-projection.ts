import { Injectable, type OnModuleInit } from '@nestjs/common';
import { newId } from '../../platform/new-id.js';
import type { Folded, OutboxRow, Projection, RelayConnection } from '../../platform/stream/projection.js';
import { Relay } from '../../platform/stream/relay.js';
import type { ChangedItem } from '../queue-membership.js';
import { signalsOf } from '../queue-projection.js';
import { BRING_UP_APPEALS, FOLLOW_COMMENTS, TELL_FOLLOWED, type FollowedAppeal } from './appeal-membership.js';

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
    const comments = subjectsOf(rows, (topic) => topic === 'comment.decided');
    // Nearly always none: a batch of decisions costs this one look.
    const followed = comments.length > 0 ? await FOLLOW_COMMENTS.on(connection, [comments]) : [];
    const told = subjectsOf(rows, (topic) => topic.startsWith('appeal.'));
    const appeals = [...new Set([...told, ...followed.map(({ id }) => id)])];
    if (appeals.length === 0) return { signals: Promise.resolve([]) };
    const telling = followed.length > 0 ? tell(connection, followed) : Promise.resolve([]);
    const changing = BRING_UP_APPEALS.on(connection, [appeals, appeals.map(() => newId())]);
    const left = rows.flatMap(leftItems);
    return { signals: Promise.all([changing, telling]).then(([changed]) => signalsOf([...left, ...changed])) };
  }
}

function tell(connection: RelayConnection, followed: readonly FollowedAppeal[]): Promise<never[]> {
  const entries = followed.map((appeal) => ({ ...appeal, entryId: newId() }));
  return TELL_FOLLOWED.on(connection, [JSON.stringify(entries), APPEAL_DECIDED]);
}

/** What an outcome took out of the queue in its own transaction. */
function leftItems({ topic, siteId, data }: OutboxRow): ChangedItem[] {
  const itemId = topic === APPEAL_DECIDED ? data?.itemId : undefined;
  return typeof itemId === 'string' ? [{ siteId, queue: 'appeals', itemId, change: 'left' }] : [];
}

function subjectsOf(rows: readonly OutboxRow[], matches: (topic: string) => boolean): string[] {
  return [...new Set(rows.filter(({ topic }) => matches(topic)).map(({ subjectId }) => subjectId))];
}
