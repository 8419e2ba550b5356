import type { EntityManager } from 'typeorm';
import { appealListStore } from './appeal-list.store.js';
import { appealView, type AppealView } from './appeal.view.js';

/** For items of queues, by id. Asks nothing where none is of an appeal. */
export async function queuedAppeals(
  em: EntityManager,
  items: readonly { appealId: string | null }[],
  viewer: string,
): Promise<Map<string, AppealView>> {
  const ids = items.flatMap(({ appealId }) => appealId ?? []);
  const rows = ids.length > 0 ? await appealListStore.byIds(em, viewer, ids) : [];
  return new Map(rows.map((row) => [row.id, appealView(row)]));
}
