import { Injectable } from '@nestjs/common';
import { Secrets } from '../../platform/secrets.js';
import { SessionTokens } from '../../identity/index.js';

/** What a notifier, who has no session, asks for the outcome with: the notice's id, signed. */
@Injectable()
export class NoticeReceipts extends SessionTokens {
  constructor(secrets: Secrets) {
    super('pn_', secrets.derive('notice-receipt'));
  }
}
