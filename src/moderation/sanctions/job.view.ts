import { ApiProperty } from '@nestjs/swagger';
import type { JobRow, JobState } from './job.store.js';

/** Long work that staff has ordered, and how far it is. */
export class JobView {
  id: string;
  kind: 'reject-published';
  readerId: string;
  sanctionId: string;
  /** `stopped`: its sanction was lifted before it was done. */
  @ApiProperty({ enum: ['waiting', 'running', 'done', 'stopped'] })
  state: JobState;
  /** Comments to reject. */
  total: number;
  /** Rejected. */
  done: number;
  /** Left alone: another person held them, or had decided on them, when their turn came. */
  skipped: number;
  /** Batches of decisions, to be undone like any others. */
  batches: string[];
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt: string | null;
}

export function jobView(row: JobRow): JobView {
  const { id, readerId, sanctionId, state, total, done, skipped, batches } = row;
  return {
    id,
    kind: 'reject-published',
    readerId,
    sanctionId,
    state,
    total,
    done,
    skipped,
    batches,
    at: row.at.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
