import { ApiProperty } from '@nestjs/swagger';
import type { DeliveryState, LoggedDelivery } from './delivery.store.js';

/** One try to deliver. */
export class AttemptView {
  n: number;
  @ApiProperty({ format: 'date-time' })
  at: string;
  milliseconds: number;
  /** Of the answer; null: there was none. */
  @ApiProperty({ type: 'integer', nullable: true })
  status: number | null;
  /** Why there was none, or the beginning of what it said. */
  detail: string;
}

/** What one endpoint is to be told of one fact. Its text is read when it is sent, so none is kept here. */
export class DeliveryView {
  /** The `webhook-id`, the same in every attempt. */
  id: string;
  type: string;
  subjectId: string;
  @ApiProperty({ format: 'date-time' })
  at: string;
  /** `dropped`: by the time it was to be sent, there was nothing to tell. `failed`: given up. */
  @ApiProperty({ enum: ['waiting', 'delivered', 'dropped', 'failed'] })
  state: DeliveryState;
  attempts: AttemptView[];
  /** Of `waiting`. */
  @ApiProperty({ format: 'date-time', nullable: true })
  nextAttemptAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true })
  endedAt: string | null;
}

export class DeliveryListView {
  items: DeliveryView[];
  nextCursor: string | null;
}

export function deliveryView(row: LoggedDelivery): DeliveryView {
  const { id, type, subjectId, state } = row;
  return {
    ...{ id, type, subjectId, state },
    at: row.at.toISOString(),
    attempts: row.tried.map(({ at, ...attempt }) => ({ ...attempt, at: new Date(at).toISOString() })),
    nextAttemptAt: state === 'waiting' ? row.nextAt.toISOString() : null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
