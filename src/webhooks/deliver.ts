import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { OutgoingHttp, TargetRefused, type OutgoingAnswer } from '../platform/http-client/outgoing-http.js';
import { Jobs } from '../platform/jobs/jobs.js';
import type { SteadyWork } from '../platform/jobs/steady-work.js';
import { Metrics } from '../platform/observability/metrics.js';
import { CONFIG, type RuntimeConfig } from '../platform/tokens.js';
import type { DueDelivery } from './delivery.js';
import { deliveryStore, type Attempt } from './delivery.store.js';
import { DisableEndpoint } from './disable-endpoint.js';
import { endpointStore } from './endpoint.store.js';
import { Messages } from './message.js';
import { pauseAfter, retryAfter } from './schedule.js';
import { EndpointSecrets } from './signature.js';

const LOOK_MS = 500;
/** Of one endpoint at once. */
const EACH = 4;
const ANSWER_WITHIN_MS = 15_000;
const LEASE_SECONDS = 60;
/** Of what an endpoint said, in the log. */
const DETAIL_LENGTH = 200;
const KEPT_DAYS = 30;
const GONE = 410;

interface Tried extends Attempt {
  answer?: OutgoingAnswer;
}

/**
 * Sends what is due. At least once: a worker that dies after the endpoint has answered is not told, and its lease runs
 * out; the `webhook-id` is the same then. What an endpoint takes its time for holds up no other.
 */
@Injectable()
export class Deliver implements SteadyWork, OnModuleInit {
  readonly name = 'webhooks';
  private readonly logger = new Logger('webhooks');
  private readonly busy = new Map<string, Promise<void>>();
  private readonly outcomes;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly http: OutgoingHttp,
    private readonly messages: Messages,
    private readonly secrets: EndpointSecrets,
    private readonly disable: DisableEndpoint,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    metrics: Metrics,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {
    this.outcomes = metrics.counter('postil_webhook_attempts_total', 'Attempts to deliver a webhook, by outcome', [
      'outcome',
    ]);
  }

  onModuleInit(): void {
    this.jobs.registerSteady(this);
    this.jobs.register({
      name: 'webhooks.forget',
      cron: '41 * * * *',
      run: async () => void (await deliveryStore.forget(this.unitOfWork.em, KEPT_DAYS)),
    });
  }

  async run(signal: AbortSignal): Promise<number> {
    const due = await deliveryStore.claim(this.unitOfWork.em, [...this.busy.keys()], EACH, LEASE_SECONDS);
    for (const [endpointId, deliveries] of Map.groupBy(due, (delivery) => delivery.endpointId)) {
      const work = Promise.all(deliveries.map((delivery) => this.deliver(delivery, signal)))
        .then(() => undefined)
        .catch((error: unknown) => this.logger.error({ err: error }, 'a webhook could not be worked on'))
        .finally(() => this.busy.delete(endpointId));
      this.busy.set(endpointId, work);
    }
    if (signal.aborted) return 0;
    // With something sent, the next may be due at once: as soon as one endpoint is through.
    if (this.busy.size > 0) await Promise.race([...this.busy.values(), aborted(signal, LOOK_MS)]);
    if (signal.aborted) await Promise.all(this.busy.values());
    // Never asleep while one is under way: whoever stops the node waits for this.
    return due.length > 0 || this.busy.size > 0 ? 0 : LOOK_MS;
  }

  private async deliver(delivery: DueDelivery, signal: AbortSignal): Promise<void> {
    const { em } = this.unitOfWork;
    const message = await this.messages.of(delivery);
    if (!message) {
      this.outcomes.inc({ outcome: 'dropped' });
      await deliveryStore.end(em, delivery.id, 'dropped');
      return;
    }
    const tried = await this.attempt(delivery, JSON.stringify(message), signal);
    // The node stops, and the endpoint is not to blame.
    if (signal.aborted && tried.status === null) return void (await deliveryStore.giveBack(em, delivery.id));
    const delivered = tried.status !== null && tried.status >= 200 && tried.status < 300;
    this.outcomes.inc({ outcome: delivered ? 'delivered' : 'failed' });
    if (delivered) {
      await deliveryStore.settle(em, delivery, tried, 'delivered');
      await endpointStore.succeeded(em, delivery.endpointId);
      return;
    }
    const pause = pauseAfter(delivery.attempts, retryAfter(tried.answer?.headers['retry-after'], this.clock.now()));
    await deliveryStore.settle(em, delivery, tried, pause === undefined ? 'failed' : pause / 1_000);
    await this.disable.afterFailure(delivery, tried.status === GONE);
  }

  private async attempt(delivery: DueDelivery, body: string, signal: AbortSignal): Promise<Tried> {
    const { id, endpointId, url, secret, previousSecret } = delivery;
    const signed = this.secrets.headers(endpointId, [secret, previousSecret], { id, body, at: this.clock.now() });
    if (!signed)
      return { milliseconds: 0, status: null, detail: 'Its secret was sealed with another SECRET_KEY. Rotate it.' };
    const headers = {
      ...signed,
      'content-type': 'application/json; charset=utf-8',
      'user-agent': `Postil (${this.config.publicUrl})`,
    };
    const begun = performance.now();
    const milliseconds = () => Math.round(performance.now() - begun);
    try {
      const limits = { timeoutMs: ANSWER_WITHIN_MS, maxBytes: 4 * DETAIL_LENGTH, signal };
      const answer = await this.http.send({ url, headers, body, ...limits });
      const said = answer.body.toWellFormed().replaceAll('\0', '').slice(0, DETAIL_LENGTH);
      return { milliseconds: milliseconds(), status: answer.status, detail: said, answer };
    } catch (error) {
      return { milliseconds: milliseconds(), status: null, detail: reasonOf(error) };
    }
  }
}

/** For whoever runs the endpoint: no address of ours, no stack. */
function reasonOf(error: unknown): string {
  if (error instanceof TargetRefused) return 'The address is not a public one, or is to be asked by https alone.';
  if (!(error instanceof Error)) return 'The request failed.';
  if (error.name === 'TimeoutError') return `No answer within ${ANSWER_WITHIN_MS / 1_000} seconds.`;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return `The connection failed: ${code}.`.slice(0, DETAIL_LENGTH);
}

async function aborted(signal: AbortSignal, milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
