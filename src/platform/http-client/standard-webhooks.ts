import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

const PREFIX = 'whsec_';
const BYTES = 32;

/** A new secret in the form of Standard Webhooks: `whsec_` and base64. */
export function newSecret(): string {
  return PREFIX + randomBytes(BYTES).toString('base64');
}

/**
 * The headers of https://www.standardwebhooks.com: whoever has a secret can tell that the body is ours, which message it
 * is, and when it was sent. HMAC-SHA256 over `id.timestamp.body`, by each secret: while they change, either will do.
 */
export function signedHeaders(
  secrets: readonly string[],
  { id, at, body }: { id: string; at: Date; body: string },
): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
