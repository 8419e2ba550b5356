import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { AppealEffect, AppealState } from './appeal-state.js';
import { barred } from './appeal.store.js';

export interface AppealRow {
  id: string;
  siteId: string;
  siteKey: string;
  readerId: string;
  readerName: string | null;
  decisionId: string | null;
  sanctionId: string | null;
  commentId: string | null;
  /** Of the comment, as it was when it was decided on. */
  revision: number | null;
  /** Whoever took what is appealed; null: a rule. */
  staffId: string | null;
  staffName: string | null;
  state: AppealState;
  at: Date;
  /** null: it was erased. */
  text: string | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  decidedByName: string | null;
  bySameStaff: boolean;
  effect: AppealEffect | null;
  explanation: string | null;
  note: string | null;
  /** Whether whoever asks may not decide on it. */
  barred: boolean;
}

/** Time and id: newest first. */
export type AppealPosition = readonly [at: string, id: string];

/** Of appeals `a`; $1 is who asks. Texts that were erased are empty. */
const ROWS = `SELECT a.id, a.site_id AS "siteId", p.key AS "siteKey", a.reader_id AS "readerId",
    r.display_name AS "readerName", a.decision_id AS "decisionId", a.sanction_id AS "sanctionId",
    a.comment_id AS "commentId", a.revision, a.staff_id AS "staffId", s.display_name AS "staffName", a.state, a.at,
    nullif(t.text, '') AS text, a.decided_at AS "decidedAt", a.decided_by AS "decidedBy",
    o.display_name AS "decidedByName", a.by_same_staff AS "bySameStaff", a.effect, nullif(e.text, '') AS explanation,
    nullif(n.text, '') AS note, ${barred('$1::uuid')} AS barred`;
const JOINS = `JOIN sites p ON p.id = a.site_id LEFT JOIN readers r ON r.id = a.reader_id
  LEFT JOIN staff s ON s.id = a.staff_id LEFT JOIN staff o ON o.id = a.decided_by
  LEFT JOIN log_texts t ON t.owner_id = a.id AND t.kind = 'appeal'
  LEFT JOIN log_texts e ON e.owner_id = a.id AND e.kind = 'explanation'
  LEFT JOIN log_texts n ON n.owner_id = a.id AND n.kind = 'note'`;
const NEWEST = 'ORDER BY a.at DESC, a.id DESC';

const BY_IDS = new Statement<AppealRow>(
  'appeals.byIds',
  `${ROWS} FROM appeals a ${JOINS} WHERE a.id = ANY($2::uuid[])`,
);

const OF_READER = new Statement<AppealRow>(
  'appeals.ofReader',
  `${ROWS} FROM (
     SELECT * FROM appeals WHERE reader_id = $2 AND (at, id) < ($3::timestamptz, $4::uuid) ORDER BY at DESC, id DESC LIMIT $5
   ) a ${JOINS} ${NEWEST}`,
);

/** Of each site the newest, and of those the newest. */
const ofSites = (state: string) => `${ROWS} FROM (
     SELECT one.* FROM unnest($2::uuid[]) AS site(id) CROSS JOIN LATERAL (
       SELECT * FROM appeals WHERE site_id = site.id ${state} AND (at, id) < ($3::timestamptz, $4::uuid)
       ORDER BY at DESC, id DESC LIMIT $5
     ) one ORDER BY one.at DESC, one.id DESC LIMIT $5
   ) a ${JOINS} ${NEWEST}`;
const OF_SITES = new Statement<AppealRow>('appeals.ofSites', ofSites(''));
const OF_STATE = new Statement<AppealRow>('appeals.ofState', ofSites('AND state = $6'));

const OF_SUBJECTS = new Statement<AppealRow>(
  'appeals.ofSubjects',
  `${ROWS} FROM appeals a ${JOINS} WHERE a.decision_id = ANY($2::uuid[]) OR a.sanction_id = ANY($2::uuid[])`,
);

const START: AppealPosition = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

export const appealListStore = {
  /** @param viewer the person of the staff who asks; null: the reader */
  byIds: (em: EntityManager, viewer: string | null, ids: readonly string[]) => BY_IDS.run(em, [viewer, ids]),

  ofReader: (em: EntityManager, readerId: string, after: AppealPosition | undefined, limit: number) =>
    OF_READER.run(em, [null, readerId, ...(after ?? START), limit]),

  /** Of decisions and sanctions. */
  ofSubjects: (em: EntityManager, ids: readonly string[]) => OF_SUBJECTS.run(em, [null, ids]),

  ofSites(
    em: EntityManager,
    viewer: string,
    {
      siteIds,
      state,
      after,
      limit,
    }: {
      siteIds: readonly string[];
      state: AppealState | undefined;
      after: AppealPosition | undefined;
      limit: number;
    },
  ): Promise<AppealRow[]> {
    const values = [viewer, siteIds, ...(after ?? START), limit];
    return state === undefined ? OF_SITES.run(em, values) : OF_STATE.run(em, [...values, state]);
  },
};
