import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from './http-app.js';
import { Jobs } from './platform/jobs/jobs.js';
import { Lifecycle } from './platform/lifecycle.js';
import { Relay } from './platform/stream/relay.js';
import { Signals } from './platform/stream/signals.js';
import type { RuntimeConfig } from './platform/tokens.js';

export interface RunningNode {
  app: NestFastifyApplication;
  /** Where it listens. */
  address: string;
  lifecycle: Lifecycle;
}

/**
 * A node on a database that is there and migrated: serves, relays, and runs jobs, as its role says. A worker serves
 * nothing but its own health.
 */
export async function startNode(
  config: RuntimeConfig,
  beforeListening?: (app: NestFastifyApplication) => Promise<void>,
): Promise<RunningNode> {
  const app = await createApp(config);
  const [lifecycle, signals, relay, jobs] = [app.get(Lifecycle), app.get(Signals), app.get(Relay), app.get(Jobs)];
  try {
    await signals.start();
    lifecycle.onShutdown('signals', () => signals.stop());
    relay.start();
    lifecycle.onShutdown('relay', () => relay.stop());
    if (config.role !== 'web') {
      await jobs.start(config.databaseUrl);
      lifecycle.onShutdown('jobs', () => jobs.stop());
    }
    await beforeListening?.(app);
    await app.listen(config.port, config.host);
  } catch (error) {
    await lifecycle.shutDown();
    throw error;
  }
  lifecycle.ready = true;
  const listening = app.getHttpServer().address();
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const port = typeof listening === 'object' && listening !== null ? listening.port : config.port;
  return { app, address: `http://${host}:${port}`, lifecycle };
}
