import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { authorise, requireStaff, type Actor } from '../../identity/index.js';
import { jobStore } from './job.store.js';
import { jobView, type JobView } from './job.view.js';

/** How far ordered work is. */
@Injectable()
export class ReadJob {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(actor: Actor, id: string): Promise<JobView> {
    requireStaff(actor);
    const job = await jobStore.byId(this.unitOfWork.em, id);
    if (!job) throw notFound('job');
    authorise(actor, 'reader.read', job.siteId, 'job');
    return jobView(job);
  }
}
