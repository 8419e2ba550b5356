import type { EntityManager } from 'typeorm';
import { isUuid } from '../../platform/http/cursor.js';
import { annotationUrl } from './annotation-url.js';
import { importStore, type KnownAnnotation } from './import.store.js';
import type { Prepared } from './prepare-import.js';

/** What the thread has already of a document's annotations, and of those that they reply to: imported, or its own. */
export async function knownAnnotations(
  em: EntityManager,
  threadId: string,
  publicUrl: string,
  prepared: readonly Prepared[],
): Promise<Map<string, KnownAnnotation>> {
  const ids = [...new Set(prepared.flatMap(({ sourceId, replyTo }) => [sourceId, ...replyTo]))].filter(isText);
  const prefix = annotationUrl(publicUrl, '');
  const own = ids.flatMap((id) => (id.startsWith(prefix) ? [id.slice(prefix.length)] : [])).filter(isUuid);
  const known = await importStore.imported(em, threadId, ids);
  for (const { id, ...is } of await importStore.own(em, threadId, own)) known.set(annotationUrl(publicUrl, id), is);
  return known;
}

/** PostgreSQL knows no NUL. */
function isText(id: string): boolean {
  return id.isWellFormed() && !id.includes('\0');
}
