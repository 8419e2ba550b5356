import { Injectable } from '@nestjs/common';
import { BoundedMap } from '../platform/bounded-map.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { SiteCache, type SiteRow } from '../sites/index.js';
import { threadStore } from './thread.store.js';

const REMEMBERED = 100_000;
const MAX_KEY_LENGTH = 255;

export interface ThreadAddress {
  siteKey: string;
  threadKey: string;
}

/** Which thread an address means. The id of a thread never changes, so it is asked for once. */
@Injectable()
export class ThreadDirectory {
  private readonly ids = new BoundedMap<string, string>(REMEMBERED);

  constructor(
    private readonly sites: SiteCache,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws not-found where site or thread is unknown */
  async find({ siteKey, threadKey }: ThreadAddress): Promise<{ site: SiteRow; threadId: string }> {
    const site = await this.sites.siteByKey(siteKey);
    const place = `${site.id} ${threadKey}`;
    let threadId = this.ids.get(place);
    if (threadId === undefined) {
      if (!isThreadKey(threadKey)) throw notFound('thread');
      const row = await threadStore.byKey(this.unitOfWork.em, site.id, threadKey);
      if (!row) throw notFound('thread');
      threadId = row.id;
      this.ids.set(place, threadId);
    }
    return { site, threadId };
  }
}

/** 1 to 255 characters that PostgreSQL can hold. */
export function isThreadKey(key: string): boolean {
  if (key.length < 1 || key.length > 2 * MAX_KEY_LENGTH || key.includes('\0') || !key.isWellFormed()) return false;
  return key.length <= MAX_KEY_LENGTH || [...key].length <= MAX_KEY_LENGTH;
}
