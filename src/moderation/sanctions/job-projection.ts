import { Injectable } from '@nestjs/common';
import { Statement } from '../../platform/database/statement.js';
import type { Folded, OutboxRow, Projection, RelayConnection } from '../../platform/stream/projection.js';

/** By the job's id: ordered twice, it is one job. */
const ADD = new Statement<never>(
  'jobs.add',
  `SELECT (graphile_worker.add_job(o.task, json_build_object('jobId', o.id), job_key => o.id::text)).id
   FROM unnest($1::text[], $2::uuid[]) AS o(task, id)`,
);

/** Hands ordered work to the workers: here, because adding a job NOTIFYs, which serialises all commits. */
@Injectable()
export class JobProjection implements Projection {
  readonly name = 'jobs';

  async fold(connection: RelayConnection, rows: readonly OutboxRow[]): Promise<Folded> {
    const ordered = rows.filter((row) => row.topic === 'job.ordered');
    if (ordered.length === 0) return { signals: Promise.resolve([]) };
    const tasks = ordered.map((row) => row.data?.task);
    const added = ADD.on(connection, [tasks, ordered.map((row) => row.subjectId)]);
    return { signals: added.then(() => []) };
  }
}
