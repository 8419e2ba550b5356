import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import type { ListedView } from './comment.view.js';
import type { EventType } from './listing/listing-tree.js';
import { PassageView } from './passages/passage.view.js';

/** How many there are now. */
export class EventCountsView {
  /** Published comments of the thread. */
  total: number;

  /** Replies by the id of the comment that they are listed under; only where they may have changed. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  replies: Record<string, number>;

  /** Published comments by the id of the passage that they hang on; only where they may have changed. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  passages?: Record<string, number>;
}

/** A fact that the public may learn of a thread. Its texts are read when it is delivered, never when it happened. */
export class ThreadEvent {
  /** Counts up by one in a thread, without a gap. */
  seq: number;

  type: EventType;

  @ApiProperty({ format: 'date-time' })
  at: string;

  commentId?: string;

  /** Present: put it in place of what you have. Missing: take the comment off the page. */
  @ApiProperty({ anyOf: ['CommentView', 'PlaceholderView'].map((name) => ({ $ref: getSchemaPath(name) })) })
  comment?: ListedView;

  /** Of `passage.changed`. */
  passageId?: string;

  /** Present: put it in place of what you have, its quote at its comments too. Missing: take its mark off the page. */
  passage?: PassageView;

  counts?: EventCountsView;
}

/** All that happened since. */
export class CaughtUpView {
  items: ThreadEvent[];
  seq: number;

  @ApiProperty({ type: 'boolean', enum: [false] })
  resync: false;
}

/** It can't be told: read the thread anew. */
export class ResyncView {
  @ApiProperty({ type: 'boolean', enum: [true] })
  resync: true;

  seq: number;
}

export type CatchUp = CaughtUpView | ResyncView;
