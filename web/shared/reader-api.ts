import type { ApiClient } from './api-client.js';
import type {
  Comment,
  CommentLink,
  CommentPage,
  EventsAnswer,
  InboxPage,
  List,
  Mine,
  MyReport,
  NewComment,
  NewNotice,
  NewPush,
  NewReport,
  NewSubscription,
  NoticeReceipt,
  People,
  Preview,
  ReadNotifications,
  RevisionList,
  Session,
  Site,
  Sort,
  Statement,
  Thread,
  Votes,
  VoteValue,
} from './api-types.js';

const encode = encodeURIComponent;

/** The routes of one thread, as a reader uses them. Public reads carry no token, so that caches may answer them. */
export class ReaderApi {
  private readonly sitePath: string;
  private readonly threadPath: string;

  constructor(
    private readonly client: ApiClient,
    site: string,
    private readonly threadKey: string,
  ) {
    this.sitePath = `/sites/${encode(site)}`;
    this.threadPath = `${this.sitePath}/threads/${encode(threadKey)}`;
  }

  site = () => this.client.call<Site>(this.sitePath);

  thread = () => this.client.call<Thread>(this.threadPath);

  createThread = (page: { url: string; title: string }) =>
    this.client.call(`${this.sitePath}/threads`, { method: 'POST', body: { key: this.threadKey, ...page } });

  /** `passage`: its id, or `any`; without it all comments. */
  comments = (query: { sort: Sort; passage?: string | undefined; cursor?: string | undefined; limit?: number }) =>
    this.client.call<CommentPage>(`${this.threadPath}/comments`, { query });

  /** Who wrote here last, or whose names begin with `q`. */
  people = (query: { q?: string; limit?: number; cursor?: string }) =>
    this.client.call<People>(`${this.threadPath}/people`, { query });

  /** The texts of the article that have this hash, newest first. */
  revisions = (hash: string) => this.client.call<RevisionList>(`${this.threadPath}/revisions`, { query: { hash } });

  replies = (id: string, cursor?: string) =>
    this.client.call<CommentPage>(`/comments/${id}/replies`, { query: { cursor } });

  comment = (id: string, token?: string) => this.client.call<CommentLink>(`/comments/${encode(id)}`, { token });

  events = (after: number) => this.client.call<EventsAnswer>(`${this.threadPath}/events`, { query: { after } });

  mine = (token: string) => this.client.call<Mine>(`${this.threadPath}/me`, { token });

  signIn = (displayName: string) =>
    this.client.call<Session>(`${this.sitePath}/sessions`, { method: 'POST', body: { displayName } });

  signOut = (token: string) => this.client.call(`${this.sitePath}/sessions`, { method: 'DELETE', token });

  acknowledge = (token: string, warningId: string) =>
    this.client.call(`/me/warnings/${warningId}/acknowledge`, { method: 'POST', token });

  post = (token: string, comment: NewComment, idempotencyKey: string) =>
    this.client.call<Comment>(`${this.threadPath}/comments`, { method: 'POST', body: comment, token, idempotencyKey });

  edit = (token: string, id: string, body: string) =>
    this.client.call<Comment>(`/comments/${id}`, { method: 'PATCH', body: { body }, token });

  delete = (token: string, id: string) => this.client.call(`/comments/${id}`, { method: 'DELETE', token });

  vote = (token: string, id: string, value: VoteValue) =>
    this.client.call<{ votes: Votes }>(`/comments/${id}/vote`, { method: 'PUT', body: { value }, token });

  report = (token: string, id: string, report: NewReport) =>
    this.client.call(`/comments/${id}/reports`, { method: 'POST', body: report, token });

  /** By anybody: without a token, so that it names nobody but who signs it. */
  notice = (notice: NewNotice) =>
    this.client.call<NoticeReceipt>(`${this.sitePath}/notices`, { method: 'POST', body: notice });

  /** What would be said of a comment. Nothing is stored. */
  preview = (token: string, comment: NewComment) =>
    this.client.call<Preview>(`${this.threadPath}/comments`, {
      method: 'POST',
      query: { preview: 'true' },
      body: comment,
      token,
    });

  myStatements = (token: string, cursor?: string) =>
    this.client.call<List<Statement>>('/me/decisions', { query: { cursor }, token });

  /** The answer is the same for every address. */
  subscribe = (token: string | undefined, subscription: NewSubscription) =>
    this.client.call(`${this.threadPath}/subscriptions`, { method: 'POST', body: subscription, token });

  endSubscription = (token: string, id: string) =>
    this.client.call(`/subscriptions/${id}`, { method: 'DELETE', token });

  inbox = (token: string, query: { cursor?: string; limit?: number }) =>
    this.client.call<InboxPage>('/me/notifications', { query, token });

  markRead = (token: string, what: ReadNotifications) =>
    this.client.call<{ unread: number }>('/me/notifications/read', { method: 'POST', body: what, token });

  push = (token: string) => this.client.call<{ publicKey: string }>('/me/push', { token });

  addPush = (token: string, push: NewPush) =>
    this.client.call<{ id: string }>('/me/push', { method: 'POST', body: push, token });

  endPush = (token: string, id: string) => this.client.call(`/me/push/${id}`, { method: 'DELETE', token });

  myReports = (token: string) => this.client.call<List<MyReport>>('/me/reports', { token });

  appeal = (token: string, decisionId: string, text: string) =>
    this.client.call(`/me/decisions/${decisionId}/appeal`, { method: 'POST', body: { text }, token });
}
