import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../platform/audit/audit-trail.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { invalidField, notFound } from '../platform/errors.js';
import { OutgoingHttp } from '../platform/http-client/outgoing-http.js';
import { newId } from '../platform/new-id.js';
import { Outbox } from '../platform/stream/outbox.js';
import { auditActor, authorise, type Actor, type StaffActor } from '../identity/index.js';
import { SiteCache } from '../sites/index.js';
import type { ChangeEndpointRequest, NewEndpointRequest } from './dto/webhooks.request.js';
import { endpointStore, type EndpointRow } from './endpoint.store.js';
import { endpointView, type EndpointView, type EndpointWithSecretView } from './endpoint.view.js';
import { EndpointSecrets } from './signature.js';
import { tooManyEndpoints } from './webhooks.errors.js';

const MAX_ENDPOINTS = 20;
const OVERLAP_SECONDS = 86_400;

/** Whoever changes where a site's facts go leaves a line in the log, and tells the relay. */
@Injectable()
export class ChangeEndpoints {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly http: OutgoingHttp,
    private readonly secrets: EndpointSecrets,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async add(actor: Actor, siteKey: string, input: NewEndpointRequest): Promise<EndpointWithSecretView> {
    const { id: siteId } = await this.sites.siteByKey(siteKey);
    const staff = authorise(actor, 'webhook.manage', siteId, 'site');
    const { types, description = '', ordered = false } = input;
    const url = this.target(input.url);
    const id = newId();
    const { secret, sealed } = this.secrets.make(id);
    const endpoint = await this.unitOfWork.run(async (em) => {
      if ((await endpointStore.countLocked(em, siteId)) >= MAX_ENDPOINTS) throw tooManyEndpoints(MAX_ENDPOINTS);
      const added = await endpointStore.insert({ id, siteId, url, description, types, ordered, secret: sealed }, em);
      if (!added) throw notFound('site');
      await this.note(em, staff, added, 'webhook.added', { types });
      return added;
    });
    this.outbox.written();
    return { endpoint: endpointView(endpoint), secret };
  }

  change(actor: Actor, siteKey: string, id: string, input: ChangeEndpointRequest): Promise<EndpointView> {
    return this.onOne(actor, siteKey, id, async (em, staff, before) => {
      const { enabled, types, description, ordered } = input;
      const url = input.url === undefined ? undefined : this.target(input.url);
      const disabled = enabled === undefined ? before.disabled : enabled ? null : (before.disabled ?? 'staff');
      const given = { url, types, description, ordered };
      const wanted = {
        ...before,
        ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
        disabled,
      };
      const after = (await endpointStore.change(em, wanted)) ?? before;
      const changed = [
        ...Object.keys(given).filter((key) => given[key as keyof typeof given] !== undefined),
        ...(enabled === undefined ? [] : ['enabled']),
      ];
      await this.note(em, staff, after, 'webhook.changed', { changed, ...(types ? { types } : {}) });
      return endpointView(after);
    });
  }

  rotate(actor: Actor, siteKey: string, id: string, overlapSeconds = OVERLAP_SECONDS): Promise<EndpointWithSecretView> {
    const { secret, sealed } = this.secrets.make(id);
    return this.onOne(actor, siteKey, id, async (em, staff, before) => {
      const after = (await endpointStore.rotate(em, id, sealed, overlapSeconds)) ?? before;
      await this.note(em, staff, after, 'webhook.secret-rotated', { overlapSeconds });
      return { endpoint: endpointView(after), secret };
    });
  }

  remove(actor: Actor, siteKey: string, id: string): Promise<void> {
    return this.onOne(actor, siteKey, id, async (em, staff, before) => {
      await endpointStore.remove(em, id);
      await this.note(em, staff, before, 'webhook.removed', {});
    });
  }

  private async onOne<T>(
    actor: Actor,
    siteKey: string,
    id: string,
    work: (em: EntityManager, staff: StaffActor, before: EndpointRow) => Promise<T>,
  ): Promise<T> {
    const { id: siteId } = await this.sites.siteByKey(siteKey);
    const staff = authorise(actor, 'webhook.manage', siteId, 'site');
    const answer = await this.unitOfWork.run(async (em) => {
      const before = await endpointStore.lock(em, id, siteId);
      if (!before) throw notFound('webhook');
      return work(em, staff, before);
    });
    this.outbox.written();
    return answer;
  }

  /** As it is asked, whatever the form in which it was written. */
  private target(url: string): string {
    const fault = this.http.faultOf(url) ?? (isPlainHttpToName(url) ? 'is not https' : undefined);
    if (fault !== undefined) throw invalidField('/url', `It ${fault}; give an https URL of a public server.`);
    return new URL(url).href;
  }

  private async note(
    em: EntityManager,
    staff: StaffActor,
    { id, siteId }: EndpointRow,
    action: string,
    codes: Record<string, unknown>,
  ): Promise<void> {
    await this.audit.record(em, [
      { siteId, actor: auditActor(staff), action, subjectKind: 'webhook', subjectId: id, codes },
    ]);
    await this.outbox.append(em, [{ siteId, streamId: null, subjectId: id, topic: 'webhook.changed' }]);
  }
}

/** In clear text only where the operator has listed the very address. */
function isPlainHttpToName(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(\[.*\]|[\d.]+|localhost)$/.test(hostname);
}
