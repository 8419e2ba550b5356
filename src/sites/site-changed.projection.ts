import type { Folded, OutboxRow, Projection, RelayConnection } from '../platform/stream/projection.js';

export const SITE_CHANGED = 'site.changed';

/** `data` is the site's id. */
export const SITE_CHANGED_SIGNAL = 'site';

/** Tells all nodes of sites that changed. */
export class SiteChangedProjection implements Projection {
  readonly name = 'sites';

  async fold(_connection: RelayConnection, rows: readonly OutboxRow[]): Promise<Folded> {
    const changed = new Set(rows.filter((row) => row.topic === SITE_CHANGED).map((row) => row.siteId));
    return { signals: Promise.resolve([...changed].map((id) => ({ kind: SITE_CHANGED_SIGNAL, data: id }))) };
  }
}
