import { Injectable } from '@nestjs/common';
import { newId } from '../platform/new-id.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { invalidField, notFound } from '../platform/errors.js';
import { OriginPolicy, SiteCache } from '../sites/index.js';
import { isThreadKey } from './thread-directory.js';
import { threadStore, type ThreadRow } from './thread.store.js';
import { threadView, type ThreadView } from './thread.view.js';
import { urlNotPermitted } from './threads.errors.js';

export interface CreateThreadInput {
  siteKey: string;
  key: string;
  url: string;
  title: string;
  origin: string | undefined;
}

/** A thread on first use. What stands already is answered as it is: a reader's page changes nothing. */
@Injectable()
export class CreateThread {
  constructor(
    private readonly sites: SiteCache,
    private readonly origins: OriginPolicy,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async run(input: CreateThreadInput): Promise<{ created: boolean; view: ThreadView }> {
    const site = await this.sites.siteByKey(input.siteKey);
    this.origins.assertPermitted(site, input.origin);
    if (!isThreadKey(input.key)) throw invalidField('/key', 'A key has 1 to 255 characters, none of them U+0000.');
    if (!this.origins.permits(site, new URL(input.url).origin)) throw urlNotPermitted();
    const title = cleanTitle(input.title);
    const created = await this.unitOfWork.run((em) =>
      threadStore.insert(em, {
        id: newId(),
        siteId: site.id,
        key: input.key,
        url: input.url,
        title,
        state: 'open',
        moderationMode: null,
        closesAt: null,
      }),
    );
    const row = await this.stored(site.id, input.key);
    return { created, view: threadView(row, site.settings.moderationMode) };
  }

  private async stored(siteId: string, key: string): Promise<ThreadRow> {
    const row = await threadStore.byKey(this.unitOfWork.em, siteId, key);
    if (!row) throw notFound('thread');
    return row;
  }
}

/** One line, single spaces, no control characters. @throws validation */
export function cleanTitle(raw: string): string {
  const title = raw
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  if (title === '') throw invalidField('/title', 'A title has at least one visible character.');
  return title;
}
