import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Folded, OutboxRow, Projection, RelayConnection, Signal } from '../../platform/stream/projection.js';
import { Relay } from '../../platform/stream/relay.js';
import { WAIT } from './comment-words.store.js';
import { IndexWords } from './index-words.js';

/** Comments of so long a time are indexed together. */
const SOON_MS = 250;
const TEXT_CHANGES: ReadonlySet<string> = new Set(['comment.posted', 'comment.edited', 'comment.deleted']);

/** Notes whose texts have changed, and wakes whoever indexes them on the node of the active relay. */
@Injectable()
export class CommentWordsProjection implements Projection, OnModuleInit {
  readonly name = 'comment words';
  settlesAt: number | undefined;

  constructor(
    private readonly relay: Relay,
    private readonly index: IndexWords,
  ) {}

  onModuleInit(): void {
    this.relay.register(this);
  }

  async fold(connection: RelayConnection, rows: readonly OutboxRow[]): Promise<Folded> {
    const changed = new Map(
      rows.flatMap((row) => (TEXT_CHANGES.has(row.topic) ? [[row.subjectId, row.siteId] as const] : [])),
    );
    if (changed.size === 0) return { signals: Promise.resolve([]) };
    this.settlesAt ??= Date.now() + SOON_MS;
    const waiting = WAIT.on(connection, [[...changed.keys()], [...changed.values()]]);
    return { signals: waiting.then(() => []) };
  }

  settle(): Promise<Signal[]> {
    this.settlesAt = undefined;
    this.index.wake();
    return Promise.resolve([]);
  }
}
