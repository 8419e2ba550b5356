import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { invalidField } from '../../platform/errors.js';
import { newId } from '../../platform/new-id.js';
import { auditActor, authorise, type Actor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { normaliseBody } from '../../threads/index.js';
import { listMemberStore } from './list-member.store.js';
import { mailingListStore, type SavedList } from './mailing-list.store.js';
import { mailingListView, type StaffMailingListView } from './mailing-list.view.js';
import { first } from './mailing-lists.js';

export interface SaveListInput {
  siteKey: string;
  key: string;
  name?: string | undefined;
  description?: string | undefined;
  text?: string | undefined;
  default?: true | undefined;
  closed?: boolean | undefined;
}

const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_KEY_LENGTH = 60;
const MAX_LISTS = 50;

/** Makes a mailing list, or changes one. Its text is never overwritten: consents refer to it. */
@Injectable()
export class SaveList {
  constructor(
    private readonly sites: SiteCache,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  async run(actor: Actor, input: SaveListInput): Promise<StaffMailingListView> {
    const site = await this.sites.siteByKey(input.siteKey);
    const staff = authorise(actor, 'mailing-list.manage', site.id, 'site');
    if (!KEY.test(input.key) || input.key.length > MAX_KEY_LENGTH) {
      throw invalidField('', 'The key of a list is lower-case words joined by hyphens, at most 60 characters.');
    }
    return this.unitOfWork.run(async (em) => {
      await mailingListStore.lockSite(em, site.id);
      const { list, newText, isNew } = await this.changed(em, site.id, input);
      await mailingListStore.save(em, list, newText);
      const entry = { siteId: site.id, actor: auditActor(staff), subjectKind: 'mailing-list', subjectId: list.id };
      const { textVersion, isDefault, closed } = list;
      await this.audit.record(em, [
        {
          ...entry,
          action: isNew ? 'mailing-list.created' : 'mailing-list.changed',
          codes: { textVersion, isDefault, closed },
        },
      ]);
      return { ...mailingListView(list), members: await listMemberStore.counts(em, list.id) };
    });
  }

  private async changed(em: EntityManager, siteId: string, input: SaveListInput) {
    const lists = await mailingListStore.ofSite(em, siteId);
    const known: SavedList[] = lists.length > 0 ? lists : [first(siteId)];
    const before = known.find((list) => list.key === input.key);
    const isNew = !lists.some((list) => list.key === input.key);
    if (!before && lists.length >= MAX_LISTS) throw invalidField('', `A site has at most ${MAX_LISTS} mailing lists.`);
    const name = (input.name ?? before?.name)?.trim();
    if (name === undefined) throw invalidField('/name', 'A new list needs a name.');
    const text = input.text === undefined ? before?.text : plain(input.text, '/text');
    if (!text) throw invalidField('/text', 'A list needs a text that whoever joins consents to.');
    const description =
      input.description === undefined ? (before?.description ?? '') : plain(input.description, '/description');
    const newText = isNew || text !== before?.text;
    const list: SavedList = {
      id: before?.id ?? newId(),
      siteId,
      key: input.key,
      name,
      description,
      text,
      textVersion: isNew ? 1 : (before?.textVersion ?? 0) + (newText ? 1 : 0),
      isDefault: input.default ?? before?.isDefault ?? lists.length === 0,
      closed: input.closed ?? before?.closed ?? false,
    };
    return { list, newText, isNew };
  }
}

function plain(raw: string, pointer: string): string {
  const text = normaliseBody(raw);
  if ('body' in text) return text.body;
  if (text.problem.code === 'empty') return '';
  throw invalidField(pointer, text.problem.detail);
}
