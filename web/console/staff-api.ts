import { ApiClient } from '../shared/api-client.js';
import type {
  Appeal,
  AppealDetail,
  CommentLink,
  DryRun,
  FoundComment,
  NewDryRun,
  NewRule,
  Outcome,
  Rule,
  RuleChange,
  RuleVersion,
  Stats,
  Thread,
  DecisionAnswer,
  DecisionRequest,
  Job,
  Lift,
  List,
  ModeratedDetail,
  NewSanction,
  QueueCount,
  QueueItem,
  QueueName,
  ReaderDetail,
  Reason,
  Staff,
  StaffSession,
  StaffSite,
} from '../shared/api-types.js';
import type { Filters } from './filters.js';
import { OutgoingApi } from './outgoing/outgoing-api.js';
import type { Wanted } from './search-form.js';

/** The staff's routes, signed in by cookie. */
export class StaffApi {
  private readonly client = new ApiClient(location.origin, 'same-origin');
  readonly outgoing = new OutgoingApi(this.client);

  whoAmI = () => this.client.call<{ staff: Staff }>('/staff/sessions/current');

  signIn = (email: string, password: string) =>
    this.client.call<StaffSession>('/staff/sessions', { method: 'POST', body: { email, password } });

  signOut = () => this.client.call('/staff/sessions/current', { method: 'DELETE' });

  sites = () => this.client.call<List<StaffSite>>('/sites');

  reasons = () => this.client.call<List<Reason>>('/moderation/reasons');

  queues = (site: string) => this.client.call<List<QueueCount>>('/moderation/queues', { query: { site } });

  items = (site: string, queue: QueueName, filters: Filters, cursor?: string) =>
    this.client.call<List<QueueItem>>(`/moderation/queues/${queue}/items`, {
      query: { site, ...filters, cursor, limit: 50 },
    });

  claim = (site: string, queue: QueueName, limit: number) =>
    this.client.call<{ items: QueueItem[] }>('/moderation/claims', { method: 'POST', body: { site, queue, limit } });

  release = (itemId: string) => this.client.call(`/moderation/claims/${itemId}`, { method: 'DELETE' });

  skip = (itemId: string) => this.client.call(`/moderation/claims/${itemId}/skip`, { method: 'POST' });

  decide = (body: DecisionRequest, idempotencyKey: string) =>
    this.client.call<DecisionAnswer>('/moderation/decisions', { method: 'POST', body, idempotencyKey });

  undo = (batchId: string) =>
    this.client.call<DecisionAnswer>(`/moderation/decisions/${batchId}/undo`, { method: 'POST' });

  comment = (id: string) => this.client.call<CommentLink>(`/comments/${id}`);

  search = (site: string, wanted: Wanted, cursor?: string) =>
    this.client.call<List<FoundComment>>('/moderation/comments', { query: { site, ...wanted, cursor } });

  detail = (commentId: string) => this.client.call<ModeratedDetail>(`/moderation/comments/${commentId}`);

  pin = (commentId: string, pinned: boolean) =>
    this.client.call(`/moderation/comments/${commentId}/pin`, { method: 'PUT', body: { pinned } });

  reader = (id: string) => this.client.call<ReaderDetail>(`/moderation/readers/${id}`);

  sanction = (readerId: string, body: NewSanction) =>
    this.client.call(`/moderation/readers/${readerId}/sanctions`, { method: 'POST', body });

  lift = (sanctionId: string, body: Lift) =>
    this.client.call(`/moderation/sanctions/${sanctionId}`, { method: 'DELETE', body });

  job = (id: string) => this.client.call<Job>(`/moderation/jobs/${id}`);

  appeal = (id: string) => this.client.call<AppealDetail>(`/moderation/appeals/${id}`);

  decideAppeal = (id: string, body: Outcome) =>
    this.client.call<Appeal>(`/moderation/appeals/${id}/outcome`, { method: 'POST', body });

  rules = (site: string) => this.client.call<List<Rule>>('/moderation/rules', { query: { site } });

  createRule = (body: NewRule) => this.client.call<Rule>('/moderation/rules', { method: 'POST', body });

  changeRule = (id: string, body: RuleChange) =>
    this.client.call<Rule>(`/moderation/rules/${id}`, { method: 'PUT', body });

  removeRule = (id: string, site: string, version: number) =>
    this.client.call(`/moderation/rules/${id}`, { method: 'DELETE', query: { site, version } });

  ruleVersions = (id: string, site: string) =>
    this.client.call<List<RuleVersion>>(`/moderation/rules/${id}/versions`, { query: { site } });

  startDryRun = (body: NewDryRun) => this.client.call<DryRun>('/moderation/rules/dry-runs', { method: 'POST', body });

  dryRun = (id: string) => this.client.call<DryRun>(`/moderation/rules/dry-runs/${id}`);

  cancelDryRun = (id: string) => this.client.call(`/moderation/rules/dry-runs/${id}`, { method: 'DELETE' });

  stats = (site: string, from: string, to: string) =>
    this.client.call<Stats>('/moderation/stats', { query: { site, from, to } });

  thread = (site: string, key: string) =>
    this.client.call<Thread>(`/sites/${encodeURIComponent(site)}/threads/${encodeURIComponent(key)}`);

  setThreadState = (id: string, state: Thread['state']) =>
    this.client.call<Thread>(`/moderation/threads/${id}/state`, { method: 'PUT', body: { state } });
}
