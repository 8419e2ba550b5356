import { Injectable } from '@nestjs/common';
import { newId } from '../../platform/new-id.js';
import { Statement } from '../../platform/database/statement.js';
import type { Folded, OutboxRow, Projection, RelayConnection } from '../../platform/stream/projection.js';
import { REASON_OF_RULE } from './reason-of-rule.js';

/**
 * The decision of a rule that rejected a comment when it was posted or edited, with its entry in the log. Once a revision,
 * whenever it comes by. The comment names it as long as nobody has decided since; the threads' projection has locked it.
 */
const RECORD = new Statement<never>(
  'decisions.byRule',
  `WITH rejected AS (
     SELECT n.*, c.site_id, c.thread_id, c.reader_id, rv.revision AS judged, why.kind
     FROM jsonb_to_recordset($1::jsonb) AS n("decisionId" uuid, "entryId" uuid, "commentId" uuid, revision int,
            "fromStatus" text, "fromDecidedBy" text, "fromDecisionId" uuid, at timestamptz)
     JOIN comments c ON c.id = n."commentId"
     JOIN comment_revisions rv ON rv.comment_id = c.id AND rv.revision = coalesce(n.revision, c.revision)
     LEFT JOIN LATERAL (
       SELECT coalesce(f->>'kind', f->>'rule') AS kind FROM jsonb_array_elements(rv.screening) WITH ORDINALITY AS s(f, nth)
       WHERE f->>'action' = 'reject' ORDER BY nth LIMIT 1
     ) why ON true
   ), decided AS (
     INSERT INTO decisions (id, site_id, thread_id, comment_id, reader_id, revision, action, from_status, from_decided_by,
                            from_decision_id, to_status, decided_by, reason, at)
     SELECT "decisionId", site_id, thread_id, "commentId", reader_id, judged, 'reject', "fromStatus", "fromDecidedBy",
            "fromDecisionId", 'rejected', 'rule', coalesce($2::jsonb->>kind, 'other'), at
     FROM rejected
     ON CONFLICT (comment_id, revision) WHERE staff_id IS NULL AND action = 'reject' DO NOTHING
     RETURNING id, site_id, comment_id, revision, from_status, reason, at
   ), named AS (
     UPDATE comments c SET decision_id = d.id FROM decided d
     WHERE c.id = d.comment_id AND c.revision = d.revision AND c.status = 'rejected' AND c.decided_by = 'rule'
       AND c.decision_id IS NULL
   )
   INSERT INTO log_entries (id, site_id, actor_kind, action, subject_kind, subject_id, codes)
   SELECT r."entryId", d.site_id, 'rule', 'comment.rejected', 'comment', d.comment_id,
          jsonb_build_object('decisionId', d.id, 'revision', d.revision, 'from', d.from_status, 'to', 'rejected',
                             'reason', d.reason, 'rule', r.kind)
   FROM decided d JOIN rejected r ON r."decisionId" = d.id`,
);

/** Posting stays one statement: what it has rejected is written down here, so that it can be explained and appealed. */
@Injectable()
export class RuleRejectionsProjection implements Projection {
  readonly name = 'rule rejections';

  async fold(connection: RelayConnection, rows: readonly OutboxRow[]): Promise<Folded> {
    const rejections = rows.filter(rejects).map(rejectionOf);
    const writing =
      rejections.length > 0
        ? RECORD.on(connection, [JSON.stringify(rejections), JSON.stringify(REASON_OF_RULE)])
        : Promise.resolve([]);
    return { signals: writing.then(() => []) };
  }
}

function rejects({ topic, toStatus }: OutboxRow): boolean {
  return (topic === 'comment.posted' || topic === 'comment.edited') && toStatus === 'rejected';
}

/** Nothing was shown of what is rejected as it arrives: it was about to wait. */
function rejectionOf({ topic, subjectId, fromStatus, data, at }: OutboxRow) {
  const before = { fromDecidedBy: 'none', fromDecisionId: null, ...data };
  const posted = topic === 'comment.posted';
  return {
    ...{ decisionId: newId(), entryId: newId(), commentId: subjectId, at },
    ...(posted ? { ...before, revision: 1, fromStatus: 'pending' } : { ...before, fromStatus }),
  };
}
