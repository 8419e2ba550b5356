import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Metrics } from '../../platform/observability/metrics.js';
import type { Projection, RelayConnection, Signal } from '../../platform/stream/projection.js';
import { Relay } from '../../platform/stream/relay.js';
import { QUEUE_SIGNAL, type QueueSignal } from '../queues.js';
import { ALARMS, CHECK_ALARMS, OLDEST } from './alarm.store.js';

const CHECK_MS = 5_000;

/**
 * Tells when the oldest item of a queue that nobody holds has waited too long, and when it does so no more. In the relay,
 * of which one is active: items grow old by the clock alone, so nobody's request would notice. No entry in the log: it is
 * nobody's deed.
 */
@Injectable()
export class QueueAlarms implements Projection, OnModuleInit {
  readonly name = 'alarms';
  settlesAt: number | undefined;

  constructor(
    private readonly relay: Relay,
    private readonly metrics: Metrics,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.relay.register(this);
    const labels = ['site', 'queue'] as const;
    this.metrics.gauge(
      'postil_queue_oldest_seconds',
      'How long the oldest item that nobody holds has waited; nothing where there is none',
      async (gauge) => {
        gauge.reset();
        for (const { seconds, ...queue } of await OLDEST.run(this.unitOfWork.em, [])) gauge.set(queue, seconds);
      },
      labels,
    );
    this.metrics.gauge(
      'postil_queue_alarm',
      'Whether that is longer than the site allows; nothing where it sets no limit',
      async (gauge) => {
        gauge.reset();
        for (const { alarm, ...queue } of await ALARMS.run(this.unitOfWork.em, [])) gauge.set(queue, alarm);
      },
      labels,
    );
  }

  async settle(connection: RelayConnection): Promise<Signal[]> {
    this.settlesAt = Date.now() + CHECK_MS;
    const changed = await CHECK_ALARMS.on(connection, []);
    return changed.map(({ siteId, queue, change, itemId }) => ({
      kind: QUEUE_SIGNAL,
      data: [siteId, queue, change, itemId] satisfies QueueSignal,
    }));
  }
}
