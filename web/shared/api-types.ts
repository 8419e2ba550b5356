/**
 * The shapes of the API that the pages use, generated from its OpenAPI document. Everything in web/ takes them from
 * here, under the names of the pages.
 */
import type { components, operations } from './generated/openapi.js';

type Schemas = components['schemas'];

export type Comment = Schemas['CommentView'];
export type CommentStatus = Comment['status'];
export type Sort = NonNullable<NonNullable<operations['Comments.list']['parameters']['query']>['sort']>;
export type Votes = Schemas['VotesView'];
export type VoteValue = Schemas['VoteRequest']['value'];

/** What stays of a comment that is no longer public but has public descendants. */
export type Placeholder = Schemas['PlaceholderView'];
export type ListedComment = Comment | Placeholder;

export const isPlaceholder = (comment: ListedComment): comment is Placeholder => !('html' in comment);

export interface List<Item> {
  items: Item[];
  nextCursor: string | null;
}

export type CommentPage = Schemas['CommentList'];
export type CommentLink = Schemas['CommentInContext'];
export type Passage = Schemas['PassageView'];
export type Quote = Schemas['QuoteView'];
export type Anchor = Schemas['AnchorRequest'];
/** What has a default may be left out. */
export type NewComment = Partial<Schemas['PostCommentRequest']> & Pick<Schemas['PostCommentRequest'], 'body'>;
export type Preview = Schemas['PreviewView'];
export type NewReport = Schemas['ReportRequest'];
export type Subscription = Schemas['MySubscriptionView'];
export type NewSubscription = Schemas['SubscribeRequest'];
export type Notification = Schemas['NotificationView'];
export type InboxPage = Schemas['InboxView'];
export type NewPush = Schemas['PushRequest'];
export type ReadNotifications = Schemas['ReadNotificationsRequest'];
export type People = Schemas['PeopleView'];
export type Person = Schemas['PersonView'];
export type MailingList = Schemas['MailingListView'];
export type NewNotice = Schemas['NoticeRequest'];
export type NoticeReceipt = Schemas['NoticeReceiptView'];
export type RevisionList = Schemas['RevisionListView'];
export type Site = Schemas['SiteView'];
export type Thread = Schemas['ThreadView'];
export type Session = Schemas['ReaderSessionView'];
export type Mine = Schemas['Mine'];
export type LiveEvent = Schemas['ThreadEvent'];
export type EventsAnswer = Schemas['CaughtUpView'] | Schemas['ResyncView'];

/** An error of RFC 9457; one that stands between us and the server need have no code. */
export type Problem = Omit<Schemas['Problem'], 'code'> & {
  code?: string;
  /** Of `banned`, `suspended` and `warning-unacknowledged`. */
  sanction?: Schemas['SanctionInForceView'];
};

export type StaffSession = Schemas['StaffSessionView'];
export type Staff = StaffSession['staff'];

export type QueueName = Schemas['QueueCountView']['queue'];
export type QueueCount = Schemas['QueueCountView'];
export type DecisionAction = Schemas['DecideRequest']['action'];
export type DecisionResult = Schemas['DecisionResult'];
export type DecisionAnswer = Schemas['BatchAnswer'];
/** Without what it is about. Reasons are the site's own, so their codes are any. */
export type Decision = Omit<Schemas['DecideRequest'], 'items' | 'action' | 'reason'> & {
  action: DecisionAction;
  reason?: string;
};
export type DecisionRequest = Decision & Pick<Schemas['DecideRequest'], 'items'>;
export type Reason = Schemas['Reason'];
export type StaffSite = Schemas['MySiteView'];
export type Permission = Schemas['Permission'];
export type Finding = Schemas['FindingView'];
export type ReaderDetail = Schemas['ReaderDetailView'];
export type Sanction = Schemas['SanctionView'];
export type SanctionKind = Sanction['kind'];
export type NewSanction = Omit<Schemas['SanctionRequest'], 'reason'> & { reason: string };
export type Lift = Schemas['LiftRequest'];
export type Job = Schemas['JobView'];
export type ModeratedDetail = Schemas['CommentDetailView'];

/** A comment as staff sees it, with where it stands. */
export type ModeratedComment = Schemas['StaffCommentInThreadView'];

export type QueueItem = Schemas['QueueItemView'];
/** Of all queues but that of appeals. */
export type CommentItem = QueueItem & { comment: ModeratedComment };
export type FoundComment = Schemas['SearchedCommentView'];
export type Appeal = Schemas['AppealView'];
export type AppealDetail = Schemas['AppealDetailView'];
export type Outcome = Schemas['OutcomeRequest'];
export type Rule = Schemas['RuleView'];
export type RuleVersion = Schemas['RuleVersionView'];
export type NewRule = Schemas['CreateRuleRequest'];
export type RuleChange = Schemas['ChangeRuleRequest'];
export type DryRun = Schemas['DryRunDetailView'];
export type NewDryRun = Schemas['DryRunRequest'];
export type Stats = Schemas['StatsView'];
export type Statement = Schemas['StatementView'];
export type MyReport = Schemas['MyReportView'];

export type Endpoint = Schemas['EndpointView'];
export type EndpointWithSecret = Schemas['EndpointWithSecretView'];
export type NewEndpoint = Schemas['NewEndpointRequest'];
export type EndpointChange = Schemas['ChangeEndpointRequest'];
export type EventType = NewEndpoint['types'][number];
export type Delivery = Schemas['DeliveryView'];
export type DeliveryState = Delivery['state'];
export type StaffMailingList = Schemas['StaffMailingListView'];
export type SavedList = Schemas['SaveListRequest'];
export type DeadLetter = Schemas['DeadLetterView'];
export type MailTrouble = DeadLetter['state'];
