import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import type { PassageState, Suggestion } from './anchoring/index.js';
import { PASSAGE_COLUMNS, type PassageRow } from './passages/passage.view.js';

export type StaffPassageRow = PassageRow & { newestRevision: number; suggestion: Suggestion | null };

export interface PlaceRow {
  revision: number;
  at: Date;
  state: PassageState;
  score: number;
  exact: string | null;
}

const BY_ID = new Statement<StaffPassageRow>(
  'staffPassages.byId',
  `SELECT ${PASSAGE_COLUMNS}, p.suggestion, t.revision AS "newestRevision"
   FROM passages p JOIN threads t ON t.id = p.thread_id LEFT JOIN listed_passages lp ON lp.passage_id = p.id
   WHERE p.id = $1`,
);

const PLACES = new Statement<PlaceRow>(
  'staffPassages.places',
  `SELECT pl.revision, r.created_at AS at, pl.state, pl.score, pl.exact
   FROM passage_places pl JOIN article_revisions r ON r.thread_id = pl.thread_id AND r.number = pl.revision
   WHERE pl.passage_id = $1 ORDER BY pl.revision DESC LIMIT 100`,
);

const TEXTS = new Statement<{ number: number; text: string }>(
  'staffPassages.texts',
  'SELECT number, text FROM article_revisions WHERE thread_id = $1 AND number = ANY($2::int[])',
);

export const staffPassageStore = {
  async byId(em: EntityManager, id: string): Promise<StaffPassageRow | undefined> {
    return (await BY_ID.run(em, [id]))[0];
  },

  /** In the newest 100 texts of the article, newest first. */
  places: (em: EntityManager, id: string): Promise<PlaceRow[]> => PLACES.run(em, [id]),

  /** By number: the text in which it stands or stood last, and the one in which it is suggested. */
  async texts(em: EntityManager, row: StaffPassageRow): Promise<Map<number, string>> {
    const numbers = row.suggestion === null ? [row.stoodIn] : [row.stoodIn, row.newestRevision];
    const rows = await TEXTS.run(em, [row.threadId, numbers]);
    return new Map(rows.map(({ number, text }) => [number, text]));
  },
};
