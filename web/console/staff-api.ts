import { ApiClient } from '../shared/api-client.js';
import type {
  CommentLink,
  DecisionAction,
  DecisionAnswer,
  List,
  ModeratedDetail,
  QueueCount,
  QueueItem,
  QueueName,
  Reason,
  Site,
  Staff,
  StaffSession,
} from '../shared/api-types.js';

/** The staff's routes, signed in by cookie. */
export class StaffApi {
  private readonly client = new ApiClient(location.origin, 'same-origin');

  whoAmI = () => this.client.call<{ staff: Staff }>('/staff/sessions/current');

  signIn = (email: string, password: string) =>
    this.client.call<StaffSession>('/staff/sessions', { method: 'POST', body: { email, password } });

  signOut = () => this.client.call('/staff/sessions/current', { method: 'DELETE' });

  sites = () => this.client.call<List<Site>>('/sites');

  reasons = () => this.client.call<List<Reason>>('/moderation/reasons');

  queues = (site: string) => this.client.call<List<QueueCount>>('/moderation/queues', { query: { site } });

  items = (site: string, queue: QueueName, cursor?: string) =>
    this.client.call<List<QueueItem>>(`/moderation/queues/${queue}/items`, { query: { site, cursor, limit: 50 } });

  claim = (site: string, queue: QueueName, limit: number) =>
    this.client.call<{ items: QueueItem[] }>('/moderation/claims', { method: 'POST', body: { site, queue, limit } });

  decide = (item: QueueItem, action: DecisionAction, reason: string | undefined, idempotencyKey: string) => {
    const { id: commentId, revision, status } = item.comment;
    return this.client.call<DecisionAnswer>('/moderation/decisions', {
      method: 'POST',
      body: { items: [{ commentId, revision, status }], action, reason },
      idempotencyKey,
    });
  };

  undo = (batchId: string) =>
    this.client.call<DecisionAnswer>(`/moderation/decisions/${batchId}/undo`, { method: 'POST' });

  comment = (id: string) => this.client.call<CommentLink>(`/comments/${id}`);

  detail = (commentId: string) => this.client.call<ModeratedDetail>(`/moderation/comments/${commentId}`);
}
