import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { write } from '../../platform/database/write.js';
import { newId } from '../../platform/new-id.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { askStore, type AskRow } from './ask.store.js';

/** The job that looks into one. */
export const TAKE_ASK = 'addresses.take-ask';

/**
 * Takes down what is asked for in the name of an address. Nothing is looked up: whether the address is known, blocked
 * or subscribed already, the same one statement is done and the same answer given, and what follows is found out by a
 * job behind it. So neither body nor time tells a stranger anything.
 */
@Injectable()
export class Asks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  async take(ask: Omit<AskRow, 'id'>): Promise<void> {
    const id = newId();
    const { siteId } = ask;
    await write(this.unitOfWork.em, [
      askStore.inserting({ ...ask, id }),
      this.outbox.appending([
        { siteId, streamId: null, subjectId: id, topic: 'job.ordered', data: { task: TAKE_ASK } },
      ]),
    ]);
    this.outbox.written('soon');
  }
}
