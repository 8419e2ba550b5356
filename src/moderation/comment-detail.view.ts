import { ApiProperty } from '@nestjs/swagger';
import { StandingView } from '../identity/index.js';
import {
  CommentView,
  FindingView,
  StaffCommentInThreadView,
  StaffPassageView,
  type DecidedBy,
  type Status,
} from '../threads/index.js';
import { StaffNoticeView } from './notices/notice.view.js';
import { StaffReportView } from './reports/report.view.js';
import { StaffNameView } from './staff-name.view.js';

/** A text that the comment had or has. */
export class RevisionView {
  revision: number;
  /** The Markdown. */
  body: string;
  html: string;
  @ApiProperty({ type: () => [FindingView] })
  screening: unknown[];
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

/** One decision on the comment. */
export class DecisionView {
  id: string;
  batchId: string | null;
  @ApiProperty({ format: 'date-time' })
  at: string;
  /** approve, reject, spam, restore or undo; overturn by an appeal; hold by a rule. */
  action: string;
  from: Status;
  to: Status;
  revision: number;
  decidedBy: DecidedBy;
  /** null: a rule. */
  by: StaffNameView | null;
  /** A code of GET /moderation/reasons; of a hold `reports`: so many readers reported it. */
  reason: string | null;
  /** For the author. */
  explanation: string | null;
  /** For staff. */
  note: string | null;
}

/** Who wrote it, and how the author's comments have fared. */
export class AuthorRecordView {
  id: string;
  name: string;
  badges: string[];
  /** Comments by status. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  record: Record<string, number>;
  /** What is in force of the author; the rest stands at GET /moderation/readers/{id}. */
  standing: StandingView;
}

/** All that is known of one comment, for who decides on it. */
export class CommentDetailView {
  comment: StaffCommentInThreadView;
  /** Outermost first. */
  ancestors: CommentView[];
  /** What it is about, where it hangs on a passage of the article. */
  passage: StaffPassageView | null;
  /** Newest first. */
  revisions: RevisionView[];
  /** What rules said of the present revision. */
  @ApiProperty({ type: () => [FindingView] })
  screening: unknown[];
  /** Settled ones too, newest first, at most 200. */
  reports: StaffReportView[];
  /** Notices of illegal content, decided ones too, newest first, at most 200. */
  notices: StaffNoticeView[];
  /** Newest first. */
  decisions: DecisionView[];
  author: AuthorRecordView;
}
