import { Injectable } from '@nestjs/common';
import { newId } from '../platform/new-id.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { invalidField, notFound } from '../platform/errors.js';
import { OriginPolicy, SiteCache } from '../sites/index.js';
import { isThreadKey } from './thread-directory.js';
import { ReadThread } from './read-thread.js';
import { cleanLine } from './text/clean-line.js';
import { threadStore } from './thread.store.js';
import type { ThreadView } from './thread.view.js';
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
    private readonly readThread: ReadThread,
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
    const row = await threadStore.byKey(this.unitOfWork.em, site.id, input.key);
    if (!row) throw notFound('thread');
    return { created, view: (await this.readThread.run(row.id)).view };
  }
}

/** @throws validation */
export function cleanTitle(raw: string): string {
  const title = cleanLine(raw);
  if (title === '') throw invalidField('/title', 'A title has at least one visible character.');
  return title;
}
