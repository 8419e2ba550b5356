import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { authorise, type Actor } from '../../identity/index.js';
import { StaffComments } from '../staff-comments.js';
import type { StaffPassageView } from '../staff-passage.view.js';
import { ThreadDirectory, type ThreadAddress } from '../thread-directory.js';
import { passageStore } from './passage.store.js';

/** One passage with its context, its places in every text, and where an orphan perhaps stands; for staff. */
@Injectable()
export class ReadPassage {
  constructor(
    private readonly directory: ThreadDirectory,
    private readonly unitOfWork: UnitOfWork,
    private readonly comments: StaffComments,
  ) {}

  /** @throws not-found */
  async run(actor: Actor, { id, ...address }: ThreadAddress & { id: string }): Promise<StaffPassageView> {
    const { site, threadId } = await this.directory.find(address);
    authorise(actor, 'article.read', site.id, 'thread');
    const { em } = this.unitOfWork;
    const passage = (await passageStore.byId(em, threadId, id)) && (await this.comments.passage(em, id));
    if (!passage) throw notFound('passage');
    return passage;
  }
}
