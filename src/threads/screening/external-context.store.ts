import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';

/** What a service is told beside the text. */
export interface ExternalContext {
  readerId: string;
  threadKey: string;
  url: string;
}

const CONTEXT = new Statement<ExternalContext>(
  'comments.externalContext',
  `SELECT r.id AS "readerId", t.key AS "threadKey", t.url
   FROM threads t
   JOIN reader_sessions s ON s.id = $1 AND s.site_id = t.site_id AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
   JOIN readers r ON r.id = s.reader_id
   WHERE t.id = $2 AND t.state <> 'frozen'
     AND NOT EXISTS (SELECT FROM jsonb_array_elements(sanctions_in_force(r.sanctions)) f WHERE f->>'kind' <> 'premoderate')`,
);

/** Undefined: what is posted there, or by them, will be refused anyway. */
export async function externalContext(
  em: EntityManager,
  sessionId: string,
  threadId: string,
): Promise<ExternalContext | undefined> {
  return (await CONTEXT.run(em, [sessionId, threadId]))[0];
}
