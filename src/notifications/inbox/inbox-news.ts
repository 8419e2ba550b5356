import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Signals } from '../../platform/stream/signals.js';
import { ReaderNews, type ReaderNewsSource } from '../../identity/index.js';
import { INBOX_SIGNAL } from '../telling/inbox-signal.js';
import { inboxStore } from './inbox.store.js';
import { MOST_UNREAD } from './read-inbox.js';

/** Tells a reader's open pages how many notifications are unread, whenever that may have changed. */
@Injectable()
export class InboxNews implements ReaderNewsSource, OnModuleInit {
  readonly event = 'inbox';

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly signals: Signals,
    private readonly news: ReaderNews,
  ) {}

  onModuleInit(): void {
    this.news.register(this);
    this.signals.on(INBOX_SIGNAL, (readers) => {
      for (const readerId of new Set(readers as string[])) this.news.changed(readerId, this);
    });
  }

  async present(readerId: string): Promise<object> {
    return { unread: await inboxStore.unread(this.unitOfWork.em, readerId, MOST_UNREAD) };
  }
}
