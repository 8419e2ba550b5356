import { CommentDetailView, DecisionView, RevisionView } from '../comment-detail.view.js';
import { ReaderDetailView } from '../sanctions/reader-detail.view.js';
import { SanctionView } from '../sanctions/sanction.view.js';
import { AppealView } from './appeal.view.js';

/** All that there is to judge an appeal by. */
export class AppealDetailView extends AppealView {
  /** What is appealed; null: a sanction. */
  decision: DecisionView | null;
  /** The text that was decided on, whatever became of it since; null: a sanction. */
  original: RevisionView | null;
  /** The comment with its revisions, findings, reports and decisions, also where its author has deleted it; null: a sanction. */
  comment: CommentDetailView | null;
  /** What is appealed; null: a decision. */
  sanction: SanctionView | null;
  /** Record, strikes and sanctions of whoever appeals. */
  record: ReaderDetailView;
}
