import { ApiProperty } from '@nestjs/swagger';
import { excerptOf } from '../../threads/index.js';
import type { NotificationKind } from '../telling/notification.js';
import type { InboxRow } from './inbox.store.js';

const EXCERPT = 160;

export const INBOX_KINDS = [
  'reply',
  'follow-up',
  'mention',
  'published',
  'rejected',
  'appeal',
  'report',
  'sanction',
] as const satisfies readonly NotificationKind[];

/** The article whose thread it is about. */
export class NotifiedThreadView {
  key: string;
  title: string;
  url: string;
}

/** A comment that is published. */
export class NotifiedCommentView {
  id: string;
  authorName: string;
  /** How it begins, as plain text. */
  excerpt: string;
}

/** Something that happened to the reader who asks, and is still so. */
export class NotificationView {
  id: string;
  /** `published`, `rejected`: of a comment of mine. `report`, `appeal`: what became of mine. */
  @ApiProperty({ enum: INBOX_KINDS, enumName: 'NotificationKind' })
  kind: NotificationKind;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readAt: string | null;
  @ApiProperty({ type: () => NotifiedThreadView, nullable: true })
  thread: NotifiedThreadView | null;
  /** null: it is about none, or about one that the public does not see. */
  @ApiProperty({ type: () => NotifiedCommentView, nullable: true })
  comment: NotifiedCommentView | null;
  /** Of a rejection or a sanction: the statement's id in `GET /me/decisions`. Of an appeal: its id. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  subjectId: string | null;
  /** Of a report `agreed` or `disagreed`, of an appeal `upheld` or `overturned`, of a sanction its kind. */
  @ApiProperty({ type: String, nullable: true })
  outcome: string | null;
}

export class InboxView {
  items: NotificationView[];
  nextCursor: string | null;
  /** How many are unread; 1000: so many or more. */
  unread: number;
}

export class UnreadView {
  /** How many are unread; 1000: so many or more. */
  unread: number;
}

export function notificationView(row: InboxRow): NotificationView {
  const { id, kind, createdAt, readAt, subjectId, outcome } = row;
  return {
    id,
    kind,
    at: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
    thread: threadOf(row),
    comment: commentOf(row),
    // That of a report is the decision of somebody else's comment.
    subjectId: kind === 'report' ? null : subjectId,
    outcome,
  };
}

function threadOf({ threadKey, threadTitle, threadUrl }: InboxRow): NotifiedThreadView | null {
  if (threadKey === null || threadTitle === null || threadUrl === null) return null;
  return { key: threadKey, title: threadTitle, url: threadUrl };
}

function commentOf({ commentId, authorName, html }: InboxRow): NotifiedCommentView | null {
  if (commentId === null || authorName === null || html === null) return null;
  return { id: commentId, authorName, excerpt: excerptOf(html, EXCERPT) };
}
