import { ApiProperty } from '@nestjs/swagger';
import { StandingView } from '../identity/index.js';
import { CommentView } from './comment.view.js';
import { MySubscriptionView } from './my-subscription.view.js';

export class MyReaderView {
  id: string;
  displayName: string;
}

/** What is mine in a thread: laid over the page that is the same for everybody. */
export class Mine {
  reader: MyReaderView;
  standing: StandingView;

  /** My votes by the comment's id. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer', enum: [-1, 1] } })
  votes: Record<string, number>;

  /** Mine that others can't see, and mine of the last 60 seconds whatever their status. */
  comments: CommentView[];

  /** What I am told of here. */
  subscriptions: MySubscriptionView[];
}
