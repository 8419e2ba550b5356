import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Statement } from '../database/statement.js';
import { Relay } from './relay.js';

export interface NewOutboxRow {
  siteId: string;
  streamId: string | null;
  subjectId: string;
  topic: string;
  fromStatus?: string;
  toStatus?: string;
  data?: Record<string, unknown>;
}

const APPEND = new Statement<{ id: number }>(
  'outbox.append',
  `INSERT INTO outbox (site_id, stream_id, subject_id, topic, from_status, to_status, data)
   SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::jsonb[])`,
);

/**
 * Facts for the relay. A row's id is drawn here, so call it after the lock on the row that the fact is about: then two
 * facts about one thing stand in the order in which they happened.
 */
@Injectable()
export class Outbox {
  constructor(private readonly relay: Relay) {}

  async append(em: EntityManager, rows: readonly NewOutboxRow[]): Promise<void> {
    if (rows.length === 0) return;
    await APPEND.run(em, [
      rows.map((row) => row.siteId),
      rows.map((row) => row.streamId),
      rows.map((row) => row.subjectId),
      rows.map((row) => row.topic),
      rows.map((row) => row.fromStatus ?? null),
      rows.map((row) => row.toStatus ?? null),
      rows.map((row) => (row.data ? JSON.stringify(row.data) : null)),
    ]);
  }

  /** To be called after the commit. Never inside the transaction. */
  written(): void {
    this.relay.wake();
  }
}
