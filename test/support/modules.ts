import type { DynamicModule, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { readConfig } from '../../src/platform/config/config.js';
import { ProblemFilter } from '../../src/platform/http/problem.filter.js';
import { validation } from '../../src/platform/http/validation.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import type { RuntimeConfig } from '../../src/platform/tokens.js';

@Module({})
class Root {}

/** Some modules on the platform, for a suite that asks them over HTTP without a port; neither relay nor jobs run. */
export async function startModules(
  databaseUrl: string,
  modules: (Type | DynamicModule)[],
  options: {
    config?: Partial<RuntimeConfig>;
    prepare?: (app: NestFastifyApplication, fastify: FastifyInstance) => void;
  } = {},
): Promise<NestFastifyApplication> {
  const config: RuntimeConfig = {
    ...readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent' }),
    databaseUrl,
    secretKey: 'a secret key that only tests know of',
    ...options.config,
  };
  const root = { module: Root, imports: [PlatformModule.forRoot(config), ...modules] };
  const adapter = new FastifyAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { logger: false, abortOnError: false });
  app.useGlobalPipes(validation());
  app.useGlobalFilters(new ProblemFilter());
  options.prepare?.(app, adapter.getInstance());
  await app.init();
  await adapter.getInstance().ready();
  return app;
}
