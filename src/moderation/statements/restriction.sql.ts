/** Parts of queries about decisions `d`, of which `rv` is the revision that was judged. What they say stands in restriction.ts. */

/** Decisions that keep a comment from the public. The indexes decisions_of_reader and decisions_of_site have these alone. */
export const RESTRICTS = `d.action IN ('reject', 'spam', 'hold')`;

/** Not a restriction confirmed by a person, or renamed: that is none of its own. */
export const RESTRICTS_ANEW = `d.from_status NOT IN ('rejected', 'spam')`;

/** Shown at that time, or taken out of sight by a rule until somebody looks. */
export const WAS_PUBLIC = `(d.from_status = 'published' OR (d.from_status = 'pending' AND d.from_decided_by = 'rule'))`;

/** A rule found something in the text itself. That every text is looked at first says nothing of this one. */
export const DETECTED = `(d.action <> 'hold' AND EXISTS (
  SELECT FROM jsonb_array_elements(rv.screening) f
  WHERE f->>'action' IN ('hold', 'reject')
    AND coalesce(f->>'kind', f->>'rule') NOT IN ('mode', 'premoderated', 'new-reader', 'rejection-rate', 'hours')))`;

/** Of what this decision settled; of a hold by reports what counts is that it was one. */
export const SOURCE = `CASE
  WHEN EXISTS (SELECT FROM notices n WHERE n.decision_id = d.id AND n.state = 'removed') THEN 'notice'
  WHEN d.action = 'hold' OR EXISTS (SELECT FROM reports r WHERE r.decision_id = d.id AND r.state <> 'ignored') THEN 'reports'
  ELSE 'own-initiative' END`;

/** What was done next to the comment. */
export const NEXT = `LEFT JOIN LATERAL (
  SELECT x.action, x.to_status, coalesce(x.from_decision_id = d.id, false) AS of_this FROM decisions x
  WHERE x.comment_id = d.comment_id AND (x.at, x.id) > (d.at, d.id) ORDER BY x.at, x.id LIMIT 1
) next ON true`;
