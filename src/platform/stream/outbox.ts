import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Statement, type Write } from '../database/statement.js';
import { Relay, type Urgency } from './relay.js';

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
   SELECT * FROM jsonb_to_recordset($1::jsonb)
     AS n("siteId" uuid, "streamId" uuid, "subjectId" uuid, topic text, "fromStatus" text, "toStatus" text, data jsonb)`,
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
    await APPEND.run(em, [JSON.stringify(rows)]);
  }

  /** The same, to be sent with other writes. */
  appending(rows: readonly NewOutboxRow[]): Write {
    return APPEND.with([JSON.stringify(rows)]);
  }

  /** To be called after the commit. Never inside the transaction. @param when `soon` where some milliseconds do not matter */
  written(when: Urgency = 'now'): void {
    this.relay.wake(when);
  }
}
