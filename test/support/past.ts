import { v7 } from 'uuid';
import type { App, Person } from './app.js';

/** A comment as it stands in the database, without anybody having posted it. */
export interface PastComment {
  id: string;
  reader: string;
  body: string;
  at: number;
  status: string;
  decidedBy: string;
  decisionId: string | null;
  revision: number;
  screening: object[];
}

/** A decision that nobody took over HTTP. */
export interface PastDecision {
  id: string;
  comment: PastComment;
  at: number;
  action: string;
  from: { status: string; decidedBy: string; decisionId: string | null };
  to: { status: string; decidedBy: string };
  staffId: string | null;
}

/** Histories of months, written at once. Ids bear the time, as those of comments that came over HTTP do. */
export class Past {
  readonly comments: PastComment[] = [];
  readonly decisions: PastDecision[] = [];

  constructor(
    private readonly siteId: string,
    private readonly threadId: string,
  ) {}

  static async of(app: App, thread: string): Promise<Past> {
    const { rows } = await app.pool.query<{ id: string; siteId: string }>(
      'SELECT id, site_id AS "siteId" FROM threads WHERE key = $1',
      [thread],
    );
    const [row] = rows;
    if (!row) throw new Error(`there is no thread ${thread}`);
    return new Past(row.siteId, row.id);
  }

  comment(reader: string, body: string, at: number, more: Partial<PastComment> = {}): PastComment {
    const id = v7({ msecs: at });
    const rest = { status: 'published', decidedBy: 'none', decisionId: null, revision: 1, screening: [] };
    const comment = { id, reader, body, at, ...rest, ...more };
    this.comments.push(comment);
    return comment;
  }

  decide(comment: PastComment, by: Person | null, action: string, to: PastDecision['to'], at: number): PastDecision {
    const { status, decidedBy, decisionId } = comment;
    const from = { status, decidedBy, decisionId };
    const decision = { id: v7({ msecs: at }), comment, at, action, from, to, staffId: by?.id ?? null };
    Object.assign(comment, to, { decisionId: decision.id });
    this.decisions.push(decision);
    return decision;
  }

  /** Takes a decision back: the comment is what it was before. */
  undo(decision: PastDecision, at: number): PastDecision {
    const { comment, from, staffId } = decision;
    const undone = this.decide(comment, staffId === null ? null : ({ id: staffId } as Person), 'undo', from, at);
    comment.decisionId = from.decisionId;
    return undone;
  }

  async store(app: App): Promise<void> {
    const iso = (at: number) => new Date(at).toISOString();
    const comments = this.comments.map((comment) => ({
      ...comment,
      at: iso(comment.at),
      site: this.siteId,
      thread: this.threadId,
    }));
    await app.pool.query(
      `WITH n AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb)
           AS n(id uuid, site uuid, thread uuid, reader uuid, body text, at timestamptz, status text, "decidedBy" text,
                "decisionId" uuid, revision int, screening jsonb)
       ), c AS (
         INSERT INTO comments (id, site_id, thread_id, root_id, depth, reader_id, status, decided_by, decision_id, revision, created_at)
         SELECT id, site, thread, id, 0, reader, status, "decidedBy", "decisionId", revision, at FROM n ORDER BY id
       )
       INSERT INTO comment_revisions (comment_id, revision, site_id, body, html, screening, created_at)
       SELECT id, revision, site, body, '<p>' || body || '</p>', screening, at FROM n ORDER BY id`,
      [JSON.stringify(comments)],
    );
    const decisions = this.decisions.map(({ comment, from, to, at, ...decision }) => ({
      ...decision,
      at: iso(at),
      site: this.siteId,
      thread: this.threadId,
      comment: comment.id,
      revision: comment.revision,
      fromStatus: from.status,
      fromDecidedBy: from.decidedBy,
      fromDecisionId: from.decisionId,
      toStatus: to.status,
      decidedBy: to.decidedBy,
    }));
    await app.pool.query(
      `INSERT INTO decisions (id, site_id, thread_id, comment_id, revision, action, from_status, from_decided_by,
                              from_decision_id, to_status, decided_by, staff_id, at)
       SELECT id, site, thread, comment, revision, action, "fromStatus", "fromDecidedBy", "fromDecisionId", "toStatus",
              "decidedBy", "staffId", at
       FROM jsonb_to_recordset($1::jsonb)
         AS n(id uuid, site uuid, thread uuid, comment uuid, revision int, action text, "fromStatus" text,
              "fromDecidedBy" text, "fromDecisionId" uuid, "toStatus" text, "decidedBy" text, "staffId" uuid, at timestamptz)
       ORDER BY at, id`,
      [JSON.stringify(decisions)],
    );
    this.comments.length = 0;
    this.decisions.length = 0;
  }
}

/** The same numbers each time, 0 to 1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
