/** What rows of the ledger say of coming and going, added to the figures by day. `ledger` names rows of `queue_counts`. */
export function addingFlows(ledger: string): string {
  return `
    INSERT INTO stat_days (site_id, day, measure, subject, code, n)
    SELECT l.site_id, (l.at AT TIME ZONE 'UTC')::date, m.measure, l.queue, '', sum(m.n)
    FROM ${ledger} l CROSS JOIN LATERAL (VALUES ('queue-entered', l.entered), ('queue-left', l.departed)) m(measure, n)
    WHERE m.n > 0 GROUP BY 1, 2, 3, 4
    ON CONFLICT (site_id, day, measure, subject, code) DO UPDATE SET n = stat_days.n + excluded.n`;
}
