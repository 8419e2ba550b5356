import { Injectable } from '@nestjs/common';
import { newId } from '../platform/new-id.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { SiteCache } from '../sites/index.js';
import { emailAddress } from './email-address.js';
import { displayName } from './display-name.js';
import type { ReaderSessionView } from './dto/reader-session.view.js';
import { NetworkKeys } from './network-keys.js';
import { insertGuest } from './reader.store.js';
import { ReaderTokens } from './session-tokens.js';

const SESSION_DAYS = 180;

export interface StartReaderSessionInput {
  site: string;
  displayName: string;
  email?: string | undefined;
  ip: string;
}

/** A guest gives a name and gets a session. */
@Injectable()
export class StartReaderSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly tokens: ReaderTokens,
    private readonly networks: NetworkKeys,
  ) {}

  async run(input: StartReaderSessionInput): Promise<ReaderSessionView> {
    const site = await this.sites.siteByKey(input.site);
    const reader = { id: newId(), displayName: displayName(input.displayName) };
    const sessionId = newId();
    await insertGuest(this.unitOfWork.em, {
      readerId: reader.id,
      sessionId,
      siteId: site.id,
      displayName: reader.displayName,
      // As subscriptions have it: else the same address in two spellings would be two people.
      email: input.email === undefined ? undefined : emailAddress(input.email),
      sessionDays: SESSION_DAYS,
      network: this.networks.of(input.ip),
    });
    return { token: this.tokens.issue(sessionId), reader };
  }
}
