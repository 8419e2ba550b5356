import { Statement } from '../database/statement.js';
import type { OutboxRow, RelayConnection } from './projection.js';

const COLUMNS = `id, site_id AS "siteId", stream_id AS "streamId", subject_id AS "subjectId", topic,
  from_status AS "fromStatus", to_status AS "toStatus", data, at`;

const TAKE = new Statement<OutboxRow>('outbox.take', `SELECT ${COLUMNS} FROM outbox ORDER BY id LIMIT $1`);
const TAKE_ONE = new Statement<OutboxRow>('outbox.takeOne', `SELECT ${COLUMNS} FROM outbox WHERE id = $1`);
const DELETE = new Statement<never>('outbox.delete', 'DELETE FROM outbox WHERE id = ANY($1::bigint[])');
const PARK = new Statement<never>(
  'outbox.park',
  `WITH taken AS (DELETE FROM outbox WHERE id = $1 RETURNING *)
   INSERT INTO outbox_parked (id, site_id, stream_id, subject_id, topic, from_status, to_status, data, at, attempts, error)
   SELECT id, site_id, stream_id, subject_id, topic, from_status, to_status, data, at, $2, $3 FROM taken`,
);

/**
 * The oldest rows that can be seen. A row with a smaller id may appear later (ids are drawn before the commit); it is
 * folded then. Nothing relies on ids being without gaps.
 */
export function takeBatch(connection: RelayConnection, limit: number): Promise<OutboxRow[]> {
  return TAKE.on(connection, [limit]);
}

export function takeOne(connection: RelayConnection, id: number): Promise<OutboxRow[]> {
  return TAKE_ONE.on(connection, [id]);
}

export async function waitingIds(connection: RelayConnection, limit: number): Promise<number[]> {
  return (await takeBatch(connection, limit)).map((row) => row.id);
}

export async function deleteFolded(connection: RelayConnection, rows: readonly OutboxRow[]): Promise<void> {
  await DELETE.on(connection, [rows.map((row) => row.id)]);
}

export async function park(connection: RelayConnection, id: number, attempts: number, error: string): Promise<void> {
  await PARK.on(connection, [id, attempts, error]);
}
