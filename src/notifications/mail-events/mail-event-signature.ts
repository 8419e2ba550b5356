import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors.js';
import { Secrets } from '../../platform/secrets.js';

const TOLERANCE_SECONDS = 300;

export interface SignedRequest {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
  body: string;
}

/** Of events that come from a mail provider: Standard Webhooks, signature of version 1. Each site has a secret of its own. */
@Injectable()
export class MailEventSignature {
  constructor(
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** What the provider, or what stands between it and Postil, signs with. */
  secretOf(siteId: string): string {
    return `whsec_${this.key(siteId).toString('base64')}`;
  }

  /** @throws invalid-signature */
  assert(siteId: string, { id = '', timestamp = '', signature = '', body }: SignedRequest): void {
    const age = Math.abs(this.clock.now().getTime() / 1_000 - Number(timestamp));
    const signed = createHmac('sha256', this.key(siteId)).update(`${id}.${timestamp}.${body}`);
    const expected = Buffer.from(signed.digest('base64'));
    const given = signature.split(' ').flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3))] : []));
    const right = given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
    if (id !== '' && age <= TOLERANCE_SECONDS && right) return;
    throw new DomainError(
      'unauthenticated',
      'invalid-signature',
      'The request is not signed by the site’s secret as Standard Webhooks asks for, or is older than five minutes.',
    );
  }

  private key(siteId: string): Buffer {
    return this.secrets.derive(`mail-events ${siteId}`);
  }
}
