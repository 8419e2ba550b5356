import { ApiProperty } from '@nestjs/swagger';
import type { DecidedBy } from './comment-status.js';
import { CommentView, commentView, type ShownCommentRow } from './comment.view.js';

/** A comment of any status with its thread, as staff see it. */
export type StaffCommentRow = ShownCommentRow & {
  body: string;
  decidedBy: DecidedBy;
  threadTitle: string;
  threadUrl: string;
};

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

export function staffCommentView(row: StaffCommentRow): StaffCommentView {
  return { ...commentView(row), body: row.body, decidedBy: row.decidedBy };
}

export function staffCommentInThreadView(row: StaffCommentRow): StaffCommentInThreadView {
  const { threadKey: key, threadTitle: title, threadUrl: url } = row;
  return { ...staffCommentView(row), thread: { key, title, url } };
}
