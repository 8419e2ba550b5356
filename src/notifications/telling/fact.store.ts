import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { newId } from '../../platform/new-id.js';
import type { RelayConnection } from '../../platform/stream/projection.js';
import type { Cursor, Fact, FactKind } from './fact.js';

/**
 * Comments that became public, where somebody may want to learn of it. What a person approved waits until that can't be
 * undone any more. A comment that comes back is no news: its fact stands already.
 */
const NOTE_PUBLISHED = new Statement<never>(
  'facts.notePublished',
  `INSERT INTO notification_facts (id, site_id, kind, subject_id, due_at)
   SELECT w.id, c.site_id, 'published', c.id, greatest(clock_timestamp(), d.undo_until)
   FROM unnest($1::uuid[], $2::uuid[]) AS w(id, comment_id)
   JOIN comments c ON c.id = w.comment_id AND c.status = 'published'
   LEFT JOIN decisions d ON d.id = c.decision_id
   WHERE c.parent_id IS NOT NULL OR d.id IS NOT NULL
      OR EXISTS (SELECT FROM subscriptions s WHERE s.thread_id = c.thread_id AND s.kind = 'thread' AND s.state = 'confirmed')
      OR EXISTS (SELECT FROM comment_revisions r
                 WHERE r.comment_id = c.id AND r.revision = c.revision AND r.body LIKE '%](reader:%')
   ON CONFLICT ON CONSTRAINT notification_facts_once DO NOTHING`,
);

/** Decisions of people that took a comment down, or that settled reports. */
const NOTE_DECISIONS = new Statement<never>(
  'facts.noteDecisions',
  `INSERT INTO notification_facts (id, site_id, kind, subject_id, due_at)
   SELECT w.id, d.site_id, 'decision', d.id, d.undo_until
   FROM unnest($1::uuid[], $2::uuid[]) AS w(id, comment_id)
   JOIN comments c ON c.id = w.comment_id
   JOIN decisions d ON d.id = c.decision_id AND d.staff_id IS NOT NULL AND d.action <> 'undo'
   WHERE d.to_status IN ('rejected', 'spam') OR EXISTS (SELECT FROM reports r WHERE r.decision_id = d.id)
   ON CONFLICT ON CONSTRAINT notification_facts_once DO NOTHING`,
);

const NOTE = new Statement<never>(
  'facts.note',
  `INSERT INTO notification_facts (id, site_id, kind, subject_id, due_at)
   SELECT w.id, w.site_id, w.kind, w.subject_id, clock_timestamp()
   FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[]) AS w(id, site_id, kind, subject_id)
   ON CONFLICT ON CONSTRAINT notification_facts_once DO NOTHING`,
);

/** Whoever finds it locked takes the next one. */
const TAKE = new Statement<Fact>(
  'facts.take',
  `SELECT id, site_id AS "siteId", kind, subject_id AS "subjectId", cursor, attempts FROM notification_facts
   WHERE done_at IS NULL AND due_at <= clock_timestamp() ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
);
const ADVANCE = new Statement<never>('facts.advance', 'UPDATE notification_facts SET cursor = $2 WHERE id = $1');
const FINISH = new Statement<never>(
  'facts.finish',
  'UPDATE notification_facts SET done_at = clock_timestamp(), cursor = NULL WHERE id = $1',
);
const FORGET = new Statement<never>('facts.forget', 'DELETE FROM notification_facts WHERE id = $1');
const POSTPONE = new Statement<never>(
  'facts.postpone',
  `UPDATE notification_facts SET due_at = clock_timestamp() + make_interval(secs => $2) WHERE id = $1`,
);
const FAILED = new Statement<never>(
  'facts.failed',
  `UPDATE notification_facts SET attempts = attempts + 1,
          due_at = clock_timestamp() + make_interval(secs => least(3600, 2 * power(2, least(attempts, 12))::int))
   WHERE id = $1`,
);

/** A fact of another kind than those of comments. */
export interface PlainFact {
  siteId: string;
  kind: FactKind;
  subjectId: string;
}

/** Of the relay's transaction. */
export const factNotes = {
  published: (connection: RelayConnection, commentIds: readonly string[]) =>
    NOTE_PUBLISHED.on(connection, [commentIds.map(() => newId()), commentIds]),

  decisions: (connection: RelayConnection, commentIds: readonly string[]) =>
    NOTE_DECISIONS.on(connection, [commentIds.map(() => newId()), commentIds]),

  others: (connection: RelayConnection, facts: readonly PlainFact[]) =>
    NOTE.on(connection, [
      facts.map(() => newId()),
      facts.map(({ siteId }) => siteId),
      facts.map(({ kind }) => kind),
      facts.map(({ subjectId }) => subjectId),
    ]),
};

export const factStore = {
  /** The next that is due, locked. */
  async take(em: EntityManager): Promise<Fact | undefined> {
    return (await TAKE.run(em, []))[0];
  },

  async advance(em: EntityManager, id: string, cursor: Cursor): Promise<void> {
    await ADVANCE.run(em, [id, JSON.stringify(cursor)]);
  },

  async finish(em: EntityManager, id: string): Promise<void> {
    await FINISH.run(em, [id]);
  },

  /** It is not true any more; should it become so again, it is a new one. */
  async forget(em: EntityManager, id: string): Promise<void> {
    await FORGET.run(em, [id]);
  },

  async postpone(em: EntityManager, id: string, seconds: number): Promise<void> {
    await POSTPONE.run(em, [id, seconds]);
  },

  /** Tried again later, and later still. */
  async failed(em: EntityManager, id: string): Promise<void> {
    await FAILED.run(em, [id]);
  },
};
