import type { Cursor } from './fact.js';

/**
 * How far the telling of a fact has come. `page`: there are more to tell. `untrue`: it is not so any more, and nobody was
 * told. `wait`: not yet. `readerIds`: whose inboxes have changed.
 */
export type Telling = { readerIds: readonly string[] } & (
  { end: 'done' | 'untrue' } | { end: 'page'; cursor: Cursor } | { end: 'wait'; seconds: number }
);
