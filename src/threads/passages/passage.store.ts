import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { PassageState, Suggestion } from '../anchoring/index.js';
import type { Carried, Standing } from './carry.js';
import { PASSAGE_COLUMNS, type PassageKind, type PassageRow } from './passage.view.js';

const FROM = 'FROM passages p LEFT JOIN listed_passages lp ON lp.passage_id = p.id';

/** What the public sees, by place; orphans have none any more and come last. */
const SHOWN = new Statement<PassageRow>(
  'passages.shown',
  `SELECT ${PASSAGE_COLUMNS} ${FROM} WHERE p.thread_id = $1 AND (p.kind = 'question' OR lp.comment_count > 0)
   ORDER BY p.state = 'orphaned', p.start_at, p.id`,
);

const BY_ID = new Statement<PassageRow & { suggestion: Suggestion | null }>(
  'passages.byId',
  `SELECT ${PASSAGE_COLUMNS}, p.suggestion ${FROM} WHERE p.id = $1 AND p.thread_id = $2`,
);

const STANDING = new Statement<Standing>(
  'passages.standing',
  `SELECT p.id, p.state, p.original, p.stood_in AS "stoodIn", p.exact, p.prefix, p.suffix, p.start_at AS "startAt",
          p.end_at AS "endAt", coalesce(stood.score, 1) AS "stoodScore",
          CASE WHEN m.start_at IS NOT NULL
               THEN jsonb_build_object('revision', p.marked_in, 'start', m.start_at, 'end', m.end_at) END AS marked
   FROM passages p LEFT JOIN passage_places stood ON stood.passage_id = p.id AND stood.revision = p.stood_in
   LEFT JOIN passage_places m ON m.passage_id = p.id AND m.revision = p.marked_in
   WHERE p.thread_id = $1 ORDER BY p.start_at, p.id`,
);

/** Differs when a passage has come or has been given another place. */
const FINGERPRINT = new Statement<{ fingerprint: string }>(
  'passages.fingerprint',
  `SELECT encode(sha256(convert_to(coalesce(string_agg(
            concat_ws(' ', id, stood_in, start_at, end_at), ',' ORDER BY id), ''), 'UTF8')), 'hex') AS fingerprint
   FROM passages WHERE thread_id = $1`,
);

const COUNT_STATES = new Statement<{ state: PassageState; count: number }>(
  'passages.countStates',
  'SELECT state, count(*) AS count FROM passages WHERE thread_id = $1 GROUP BY state',
);

const COUNT_KIND = new Statement<{ count: number }>(
  'passages.countKind',
  'SELECT count(*) AS count FROM passages WHERE thread_id = $1 AND kind = $2',
);

/** What a reader marked there; the oldest, where edits have brought several together. */
const AT = new Statement<{ id: string }>(
  'passages.at',
  `SELECT p.id FROM passage_places pl JOIN passages p ON p.id = pl.passage_id
   WHERE pl.thread_id = $1 AND pl.revision = $2 AND pl.start_at = $3 AND pl.end_at = $4 AND p.kind = 'selection'
   ORDER BY p.created_at, p.id LIMIT 1`,
);

const PLACES = new Statement<never>(
  'passages.places',
  `INSERT INTO passage_places (passage_id, revision, thread_id, site_id, state, score, exact, start_at, end_at)
   SELECT p.id, $2, p.thread_id, p.site_id, n.state, n.score, n.exact, n.start_at, n.end_at
   FROM unnest($3::uuid[], $4::text[], $5::float8[], $6::text[], $7::int[], $8::int[])
     AS n(id, state, score, exact, start_at, end_at) JOIN passages p ON p.id = n.id AND p.thread_id = $1
   ON CONFLICT (passage_id, revision) DO UPDATE SET
     state = excluded.state, score = excluded.score, exact = excluded.exact, start_at = excluded.start_at,
     end_at = excluded.end_at`,
);

const MOVE = new Statement<never>(
  'passages.move',
  `UPDATE passages p
   SET state = n.state, score = n.score, stood_in = n.stood_in, exact = n.exact, prefix = n.prefix, suffix = n.suffix,
       start_at = n.start_at, end_at = n.end_at, suggestion = n.suggestion,
       changed_at = CASE WHEN n.changed THEN clock_timestamp() ELSE p.changed_at END
   FROM unnest($2::uuid[], $3::text[], $4::float8[], $5::int[], $6::text[], $7::text[], $8::text[], $9::int[], $10::int[],
               $11::jsonb[], $12::bool[])
     AS n(id, state, score, stood_in, exact, prefix, suffix, start_at, end_at, suggestion, changed)
   WHERE p.id = n.id AND p.thread_id = $1`,
);

const INSERT = new Statement<never>(
  'passages.insert',
  `INSERT INTO passages (id, site_id, thread_id, kind, prompt, state, score, original, marked_in, stood_in, exact, prefix,
                         suffix, start_at, end_at, suggestion, reader_id, staff_id)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
);

const CHANGE = new Statement<never>(
  'passages.change',
  'UPDATE passages SET prompt = $2, closed = $3, changed_at = clock_timestamp() WHERE id = $1',
);

const DELETE = new Statement<never>('passages.delete', 'DELETE FROM passages WHERE id = $1');

export interface NewPassage extends Omit<Carried, 'changed'> {
  siteId: string;
  threadId: string;
  kind: PassageKind;
  prompt: string | null;
  markedIn: number;
  readerId: string | null;
  staffId: string | null;
}

/** Passages of articles. Who adds or moves one holds the thread's row, as who publishes a text does. */
export const passageStore = {
  shown: (em: EntityManager, threadId: string): Promise<PassageRow[]> => SHOWN.run(em, [threadId]),

  async byId(em: EntityManager, threadId: string, id: string) {
    return (await BY_ID.run(em, [id, threadId]))[0];
  },

  standing: (em: EntityManager, threadId: string): Promise<Standing[]> => STANDING.run(em, [threadId]),

  async fingerprint(em: EntityManager, threadId: string): Promise<string> {
    return (await FINGERPRINT.run(em, [threadId]))[0]?.fingerprint ?? '';
  },

  async countByState(em: EntityManager, threadId: string): Promise<Record<PassageState, number>> {
    const rows = await COUNT_STATES.run(em, [threadId]);
    const counts = { anchored: 0, moved: 0, fuzzy: 0, orphaned: 0 };
    for (const { state, count } of rows) counts[state] = count;
    return counts;
  },

  async count(em: EntityManager, threadId: string, kind: PassageKind): Promise<number> {
    return (await COUNT_KIND.run(em, [threadId, kind]))[0]?.count ?? 0;
  },

  async at(em: EntityManager, threadId: string, revision: number, start: number, end: number) {
    return (await AT.run(em, [threadId, revision, start, end]))[0]?.id;
  },

  async insert(em: EntityManager, passage: NewPassage): Promise<void> {
    const { id, siteId, threadId, kind, prompt, state, score, original, markedIn, stoodIn } = passage;
    const { exact, prefix, suffix, startAt, endAt, suggestion, readerId, staffId } = passage;
    const where = [exact, prefix, suffix, startAt, endAt, suggestion === null ? null : JSON.stringify(suggestion)];
    await INSERT.run(em, [
      ...[id, siteId, threadId, kind, prompt, state, score, original, markedIn, stoodIn],
      ...[...where, readerId, staffId],
    ]);
  },

  /** Gives passages the places that they have in the newest text. */
  async move(em: EntityManager, threadId: string, passages: readonly Carried[]): Promise<void> {
    if (passages.length === 0) return;
    const column = <T>(pick: (passage: Carried) => T): T[] => passages.map(pick);
    await MOVE.run(em, [
      threadId,
      column(({ id }) => id),
      column(({ state }) => state),
      column(({ score }) => score),
      column(({ stoodIn }) => stoodIn),
      column(({ exact }) => exact),
      column(({ prefix }) => prefix),
      column(({ suffix }) => suffix),
      column(({ startAt }) => startAt),
      column(({ endAt }) => endAt),
      column(({ suggestion }) => (suggestion === null ? null : JSON.stringify(suggestion))),
      column(({ changed }) => changed),
    ]);
  },

  /** Keeps where they stand in a revision; an orphan stands nowhere in it. */
  async keepPlaces(
    em: EntityManager,
    threadId: string,
    revision: number,
    passages: readonly Pick<Carried, 'id' | 'state' | 'score' | 'exact' | 'startAt' | 'endAt'>[],
  ): Promise<void> {
    if (passages.length === 0) return;
    const placed = passages.map((passage) => ({ ...passage, there: passage.state !== 'orphaned' }));
    await PLACES.run(em, [
      threadId,
      revision,
      placed.map(({ id }) => id),
      placed.map(({ state }) => state),
      placed.map(({ score }) => score),
      placed.map(({ there, exact }) => (there ? exact : null)),
      placed.map(({ there, startAt }) => (there ? startAt : null)),
      placed.map(({ there, endAt }) => (there ? endAt : null)),
    ]);
  },

  async change(em: EntityManager, id: string, { prompt, closed }: { prompt: string | null; closed: boolean }) {
    await CHANGE.run(em, [id, prompt, closed]);
  },

  /** Of one that the same transaction has made. */
  async remove(em: EntityManager, id: string): Promise<void> {
    await DELETE.run(em, [id]);
  },
};
