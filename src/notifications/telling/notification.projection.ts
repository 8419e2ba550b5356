import { Injectable } from '@nestjs/common';
import { together } from '../../platform/database/together.js';
import type { Folded, OutboxRow, Projection, RelayConnection } from '../../platform/stream/projection.js';
import type { FactKind } from './fact.js';
import { factNotes } from './fact.store.js';
import { INBOXES_SIGNAL } from './inbox-signal.js';

/** Topics whose subject is the fact's. */
const OTHERS: Readonly<Record<string, FactKind>> = {
  'notice.decided': 'notice',
  'appeal.decided': 'appeal',
  'reader.sanctioned': 'sanction',
};

/** After which an inbox may tell of a comment no more, or again, or otherwise: what it says is read when it is shown. */
const RETOLD: ReadonlySet<string> = new Set(['comment.decided', 'comment.deleted', 'comment.edited']);

/** Writes down, a row each, what somebody may have to be told. Who that is, a worker finds out. */
@Injectable()
export class NotificationProjection implements Projection {
  readonly name = 'notifications';

  async fold(connection: RelayConnection, rows: readonly OutboxRow[]): Promise<Folded> {
    const noting: Promise<unknown>[] = [];
    const published = unique(rows.filter(becamePublic));
    if (published.length > 0) noting.push(factNotes.published(connection, published));
    const decided = unique(rows.filter(({ topic }) => topic === 'comment.decided'));
    if (decided.length > 0) noting.push(factNotes.decisions(connection, decided));
    const others = rows.flatMap(({ topic, siteId, subjectId }) => {
      const kind = OTHERS[topic];
      return kind === undefined ? [] : [{ siteId, kind, subjectId }];
    });
    if (others.length > 0) noting.push(factNotes.others(connection, others));
    const retold = unique(rows.filter(({ topic }) => RETOLD.has(topic)));
    return { signals: together(noting).then(() => retold.map((data) => ({ kind: INBOXES_SIGNAL, data }))) };
  }
}

function becamePublic({ topic, fromStatus, toStatus }: OutboxRow): boolean {
  return topic.startsWith('comment.') && toStatus === 'published' && fromStatus !== 'published';
}

function unique(rows: readonly OutboxRow[]): string[] {
  return [...new Set(rows.map((row) => row.subjectId))];
}
