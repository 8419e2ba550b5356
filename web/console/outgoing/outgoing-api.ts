import type { ApiClient } from '../../shared/api-client.js';
import type {
  DeadLetter,
  Delivery,
  DeliveryState,
  Endpoint,
  EndpointChange,
  EndpointWithSecret,
  List,
  MailingList,
  MailTrouble,
  NewEndpoint,
  SavedList,
  StaffMailingList,
} from '../../shared/api-types.js';

const encode = encodeURIComponent;

/** What leaves the site: webhooks, mailing lists, and mails that did not go out. */
export class OutgoingApi {
  constructor(private readonly client: ApiClient) {}

  endpoints = (site: string) => this.client.call<List<Endpoint>>(webhooks(site));

  addEndpoint = (site: string, body: NewEndpoint) =>
    this.client.call<EndpointWithSecret>(webhooks(site), { method: 'POST', body });

  changeEndpoint = (site: string, id: string, body: EndpointChange) =>
    this.client.call<Endpoint>(webhooks(site, id), { method: 'PATCH', body });

  removeEndpoint = (site: string, id: string) => this.client.call(webhooks(site, id), { method: 'DELETE' });

  newSecret = (site: string, id: string) =>
    this.client.call<EndpointWithSecret>(webhooks(site, id, '/secret'), { method: 'POST', body: {} });

  testEndpoint = (site: string, id: string) =>
    this.client.call<Delivery>(webhooks(site, id, '/test'), { method: 'POST' });

  deliveries = (site: string, id: string, query: { state?: DeliveryState | undefined; cursor?: string | undefined }) =>
    this.client.call<List<Delivery>>(webhooks(site, id, '/deliveries'), { query: { ...query, limit: 20 } });

  sendAgain = (site: string, id: string, delivery: string) =>
    this.client.call<Delivery>(webhooks(site, id, `/deliveries/${delivery}/send`), { method: 'POST' });

  lists = async (site: string): Promise<StaffMailingList[]> => {
    const path = `/sites/${encode(site)}/mailing-lists`;
    const { items } = await this.client.call<{ items: MailingList[] }>(path);
    return Promise.all(items.map(({ key }) => this.client.call<StaffMailingList>(`${path}/${encode(key)}`)));
  };

  saveList = (site: string, key: string, body: SavedList) =>
    this.client.call<StaffMailingList>(`/sites/${encode(site)}/mailing-lists/${encode(key)}`, { method: 'PUT', body });

  /** The confirmed addresses. The log says who took them. */
  exportList = (site: string, key: string): Promise<Blob> =>
    this.client.file(`/sites/${encode(site)}/mailing-lists/${encode(key)}/exports`, { method: 'POST' });

  deadLetters = (site: string, state: MailTrouble, cursor?: string) =>
    this.client.call<List<DeadLetter>>(`/sites/${encode(site)}/mails`, { query: { state, cursor } });

  resend = (mailId: string) => this.client.call(`/mails/${mailId}/resend`, { method: 'POST' });
}

const webhooks = (site: string, id?: string, rest = ''): string =>
  `/sites/${encode(site)}/webhooks${id === undefined ? '' : `/${id}`}${rest}`;
