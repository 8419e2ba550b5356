import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Signals } from '../../platform/stream/signals.js';
import { ReaderNews, type ReaderNewsSource } from '../../identity/index.js';
import { INBOXES_SIGNAL, INBOX_SIGNAL } from '../telling/inbox-signal.js';
import { inboxStore } from './inbox.store.js';
import { MOST_UNREAD } from './read-inbox.js';

/** Who takes down many comments does so in one go: their readers are looked up, and told, once. */
const GATHER_MS = 100;

/** Tells a reader's open pages how many notifications are unread, whenever that or the list may have changed. */
@Injectable()
export class InboxNews implements ReaderNewsSource, OnModuleInit, OnApplicationShutdown {
  readonly event = 'inbox';
  private readonly logger = new Logger('notifications');
  private comments = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly signals: Signals,
    private readonly news: ReaderNews,
  ) {}

  onModuleInit(): void {
    this.news.register(this);
    this.signals.on(INBOX_SIGNAL, (readers) => this.tell(readers as string[]));
    this.signals.on(INBOXES_SIGNAL, (comments) => {
      for (const id of comments as string[]) this.comments.add(id);
      this.timer ??= setTimeout(() => void this.tellOfComments(), GATHER_MS);
    });
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
  }

  async present(readerId: string): Promise<object> {
    return { unread: await inboxStore.unread(this.unitOfWork.em, readerId, MOST_UNREAD) };
  }

  private async tellOfComments(): Promise<void> {
    const ids = [...this.comments];
    this.comments = new Set();
    this.timer = undefined;
    try {
      this.tell(await inboxStore.readersToldOf(this.unitOfWork.em, ids));
    } catch (error) {
      // Their pages count again with the next thing that happens, and when they are opened.
      this.logger.error({ err: error }, 'readers could not be told that comments have changed');
    }
  }

  private tell(readers: readonly string[]): void {
    for (const readerId of new Set(readers)) this.news.changed(readerId, this);
  }
}
