import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isConnectionLoss } from '../platform/database/sql-state.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Gatherer } from '../platform/gatherer.js';
import { formOf, writeComments, type NewComment, type PostForm, type PostOutcome } from './post.store.js';

/** Two, so that one is under way while the answers of the other are worked on. */
const MAX_RUNNING = 2;
const MAX_COMMENTS = 64;

type Outcome = PostOutcome | undefined;

/**
 * Writes new comments. Those that come while others are being written go into one statement and one commit, each with an
 * outcome of its own; who comes alone waits for nobody.
 */
@Injectable()
export class PostWriter {
  private readonly gatherers = new Map<PostForm, Gatherer<NewComment, Outcome>>();

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** In a transaction of its own, or in that of `em`. Undefined: there is no such thread. */
  async write(comment: NewComment, em?: EntityManager): Promise<Outcome> {
    const form = formOf(comment);
    if (em?.queryRunner) return (await writeComments(em, form, [comment]))[0];
    let gatherer = this.gatherers.get(form);
    if (!gatherer) {
      gatherer = new Gatherer((comments) => writeComments(this.unitOfWork.em, form, comments), {
        maxRunning: MAX_RUNNING,
        maxItems: MAX_COMMENTS,
        isOfAll: isConnectionLoss,
      });
      this.gatherers.set(form, gatherer);
    }
    return gatherer.add(comment);
  }
}
