import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import type { ListedView } from './comment.view.js';
import { ThreadView } from './thread.view.js';

const LISTED = { anyOf: ['CommentView', 'PlaceholderView'].map((name) => ({ $ref: getSchemaPath(name) })) };

/** Where a link to a comment leads. */
export class CommentInContext {
  @ApiProperty(LISTED)
  comment: ListedView;

  /** Outermost first. */
  @ApiProperty({ type: 'array', items: LISTED })
  ancestors: ListedView[];

  thread: ThreadView;
}
