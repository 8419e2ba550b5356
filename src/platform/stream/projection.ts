import type pg from 'pg';

/** The relay's own connection: the one that holds its lock, inside the batch's transaction. */
export type RelayConnection = pg.ClientBase;

/** A fact in the outbox. `streamId` is what `seq` counts in, `subjectId` what it is about. */
export interface OutboxRow {
  id: number;
  siteId: string;
  streamId: string | null;
  subjectId: string;
  topic: string;
  fromStatus: string | null;
  toStatus: string | null;
  data: Record<string, unknown> | null;
  at: Date;
}

/** What the nodes are told after the batch has committed. `kind` selects who listens. */
export interface Signal {
  kind: string;
  data: unknown;
}

/** What a projection has written, or is writing. */
export interface Folded {
  /** What to tell the nodes, once the statements that are under way have ended. */
  signals: Promise<readonly Signal[]>;
}

/** Brings one view of the facts up to date. Given the same rows twice, or late, it must end in the same state. */
export interface Projection {
  readonly name: string;
  /**
   * `rows` stand in the order of their ids and were not folded before. Projections fold at the same time on one connection:
   * the first statements of an earlier one run before those of a later one, and nothing else is sure. Answers when its
   * last statements are on their way: the commit travels right behind them.
   */
  fold?(connection: RelayConnection, rows: readonly OutboxRow[]): Promise<Folded>;
  /** Work that waits for time instead of a fact. */
  settle?(connection: RelayConnection): Promise<readonly Signal[]>;
  /** Epoch milliseconds at which `settle` wants to be called; undefined: nothing waits. A new relay starts with 0. */
  settlesAt?: number;
}
