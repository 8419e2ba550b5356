export { CommentStates, type LockedComment } from './comment-states.js';
export {
  changesAnything,
  STAFF_ACTIONS,
  STATUSES,
  transition,
  type DecidedBy,
  type StaffAction,
  type Status,
} from './comment-status.js';
export { CreateThread } from './create-thread.js';
export { linksOf } from './text/links.js';
export { excerptOf } from './text/excerpt.js';
export { mentionsIn } from './text/mentions.js';
export { normaliseBody } from './text/normalise-text.js';
export { PageCache } from './page-cache.js';
export { CommentView } from './comment.view.js';
export { FindingView } from './finding.view.js';
export { ReadComment } from './read-comment.js';
export { SaveThread } from './save-thread.js';
export {
  StaffCommentInThreadView,
  staffCommentInThreadView,
  StaffCommentView,
  type StaffCommentRow,
} from './staff-comment.view.js';
export { withStaffComments } from './comment-columns.js';
export { StaffPassageView } from './staff-passage.view.js';
export { StaffComments } from './staff-comments.js';
export { sessionOver } from './threads.errors.js';
export { ThreadDirectory } from './thread-directory.js';
export type { ThreadEvent } from './thread-event.view.js';
export { FRAME_EVENTS, ThreadEvents } from './thread-events.js';
export { THREAD_SIGNAL, type ThreadSignal } from './thread-signal.js';
export { AskQuestion } from './passages/ask-question.js';
export type { MySubscriptionView } from './my-subscription.view.js';
export { ThreadSubscriptions, type Asker, type SubscriptionOwner, type WishOfPost } from './thread-subscriptions.js';
export { escapeMarkup } from './pages/escape.js';
export { ThreadPageForms, type FormsOf } from './thread-page-forms.js';
export { ThreadsModule } from './threads.module.js';
