import type { EntityManager } from 'typeorm';
import { escalationStore } from './escalation.store.js';
import { escalationView, type EscalationView } from './escalation.view.js';

/** Asks nothing where nothing is escalated: nearly always. */
export async function escalationsOf(
  em: EntityManager,
  items: readonly { escalationId: string | null }[],
): Promise<(id: string | null) => EscalationView | null> {
  const ids = [...new Set(items.flatMap(({ escalationId }) => escalationId ?? []))];
  const rows = ids.length > 0 ? await escalationStore.byIds(em, ids) : [];
  const views = new Map(rows.map((row) => [row.id, escalationView(row)]));
  return (id) => (id === null ? null : (views.get(id) ?? null));
}
