import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** The node's figures in Prometheus' form. A registry of its own, so that several nodes can live in one process. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'postil_http_request_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  /** `read` is asked at each scrape. Where it fails the figure is missing (NaN), and the others are given all the same. */
  gauge<Label extends string>(
    name: string,
    help: string,
    read: (gauge: Gauge<Label>) => Promise<void> | void,
    labelNames: readonly Label[] = [],
  ): Gauge<Label> {
    return new Gauge<Label>({
      name,
      help,
      labelNames,
      registers: [this.registry],
      async collect() {
        try {
          await read(this);
        } catch {
          this.reset();
          if (labelNames.length === 0) this.set(NaN);
        }
      },
    });
  }
}
