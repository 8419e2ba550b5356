import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import webPush from 'web-push';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { OutgoingHttp, TargetRefused } from '../../platform/http-client/outgoing-http.js';
import type { SteadyWork } from '../../platform/jobs/steady-work.js';
import { inboxStore } from '../inbox/inbox.store.js';
import { notificationView } from '../inbox/inbox.view.js';
import { pushPayload } from './push-payload.js';
import { pushStore, type ClaimedPush } from './push.store.js';
import { VapidKeys } from './vapid-keys.js';

const AT_ONCE = 48;
const LOOK_AGAIN_MS = 500;
const TIMEOUT_MS = 5_000;
/** How long a push service keeps it for a browser that is away. */
const TTL_SECONDS = 86_400;
const PAUSES = [10, 60, 300, 1_800, 7_200];
const GONE = new Set([404, 410]);

/**
 * Pushes notifications to browsers: what the inbox shows at this moment, or nothing. Should it go out twice, the browser
 * shows it once, because its id names it.
 */
@Injectable()
export class PushingWork implements SteadyWork {
  readonly name = 'pushing';
  private readonly logger = new Logger('push');
  private readonly busy = new Set<Promise<void>>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly http: OutgoingHttp,
    private readonly keys: VapidKeys,
  ) {}

  /** One that takes its time holds up no other: whenever one is through, the next begins. */
  async run(signal: AbortSignal): Promise<number> {
    while (!signal.aborted) {
      const room = AT_ONCE - this.busy.size;
      const claimed = room > 0 ? await pushStore.claim(this.unitOfWork.em, room) : [];
      for (const push of claimed) this.begin(push, signal);
      if (this.busy.size === 0) return LOOK_AGAIN_MS;
      const look = delay(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
      await Promise.race([...this.busy, look]);
    }
    await Promise.all(this.busy);
    return 0;
  }

  private begin(push: ClaimedPush, signal: AbortSignal): void {
    const work = this.push(push, signal)
      .catch((error: unknown) => this.logger.error({ err: error }, 'a push could not be worked on'))
      .finally(() => this.busy.delete(work));
    this.busy.add(work);
  }

  private async push(push: ClaimedPush, signal: AbortSignal): Promise<void> {
    const { em } = this.unitOfWork;
    const row = await inboxStore.one(em, push.notificationId);
    if (!row || row.readAt !== null) return pushStore.done(em, push);
    const status = await this.send(push, pushPayload(notificationView(row)), signal);
    if (status !== undefined && GONE.has(status)) return pushStore.end(em, push.id);
    const again = status === undefined || status === 429 || status >= 500 ? PAUSES[push.attempts - 1] : undefined;
    await (again === undefined ? pushStore.done(em, push) : pushStore.retry(em, push, again));
  }

  /** The push service's answer; undefined: none came. */
  private async send(push: ClaimedPush, payload: string, signal: AbortSignal): Promise<number | undefined> {
    const { endpoint, p256dh, auth } = push;
    try {
      const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
        TTL: TTL_SECONDS,
        vapidDetails: this.keys,
      });
      const answer = await this.http.send({
        url: endpoint,
        headers: headers as Record<string, string>,
        body,
        timeoutMs: TIMEOUT_MS,
        signal,
      });
      return answer.status;
    } catch (error) {
      // Its name has come to mean an address that nobody outside may name.
      if (error instanceof TargetRefused) return 410;
      this.logger.debug({ err: error, subscriptionId: push.id }, 'a push service did not answer');
      return undefined;
    }
  }
}
