import { ApiProperty } from '@nestjs/swagger';
import { CommentView } from './comment.view.js';

/** A comment as staff see it: whatever its status, with its Markdown. */
export class StaffCommentView extends CommentView {
  /** The Markdown. */
  @ApiProperty({ required: true })
  override body: string;
  /** Who gave it its status: nobody yet, a rule, or a person. */
  decidedBy: 'none' | 'rule' | 'human';
}

/** The thread that a comment is in, as staff need it. */
export class ThreadOfComment {
  key: string;
  title: string;
  url: string;
}

export class StaffCommentInThreadView extends StaffCommentView {
  thread: ThreadOfComment;
}
