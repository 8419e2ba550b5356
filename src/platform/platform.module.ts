import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LoggerModule } from 'nestjs-pino';
import { AuditTrail } from './audit/audit-trail.js';
import { LogChainProjection } from './audit/log-chain.projection.js';
import { Clock } from './clock/clock.js';
import { pgTypes } from './database/pg-types.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { OutgoingHttp } from './http-client/outgoing-http.js';
import { Jobs } from './jobs/jobs.js';
import { Lifecycle } from './lifecycle.js';
import { mailTransport } from './mail/mail-transport.factory.js';
import { MailTransport } from './mail/mail-transport.js';
import { Health } from './observability/health.js';
import { HealthController } from './observability/health.controller.js';
import { loggerOptions } from './observability/logger-options.js';
import { Metrics } from './observability/metrics.js';
import { QuietLogger } from './observability/quiet-logger.js';
import { Secrets } from './secrets.js';
import { FactReaders } from './stream/fact-readers.js';
import { Outbox } from './stream/outbox.js';
import { Relay } from './stream/relay.js';
import { Signals } from './stream/signals.js';
import { CONFIG, type RuntimeConfig } from './tokens.js';

const POOL_SIZE = 20;

/** What every feature stands on. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(config: RuntimeConfig): DynamicModule {
    const url = () => config.databaseUrl;
    const signals = new Signals(url);
    return {
      module: PlatformModule,
      imports: [
        LoggerModule.forRoot(loggerOptions(config)),
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: config.databaseUrl,
          autoLoadEntities: true,
          poolSize: POOL_SIZE,
          retryAttempts: 1,
          extra: {
            types: pgTypes,
            application_name: 'postil-web',
            connectionTimeoutMillis: 5_000,
            // A new connection signs in and plans its statements anew: with the 10 seconds of pg, each quiet minute ends in that.
            idleTimeoutMillis: 600_000,
            statement_timeout: 30_000,
            idle_in_transaction_session_timeout: 60_000,
            // Statements of one transaction that do not wait for each other's answers travel together.
            pipeline: true,
            // Compiling the listing's plan takes longer than running it.
            options: '-c jit=off',
          },
        }),
      ],
      controllers: [HealthController],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Secrets, useValue: new Secrets(config.secretKey) },
        { provide: Signals, useValue: signals },
        { provide: Relay, useValue: new Relay(url, signals) },
        Lifecycle,
        Clock,
        UnitOfWork,
        Outbox,
        Jobs,
        Metrics,
        Health,
        AuditTrail,
        LogChainProjection,
        QuietLogger,
        OutgoingHttp,
        FactReaders,
        {
          provide: MailTransport,
          inject: [UnitOfWork, Lifecycle],
          useFactory: (unitOfWork: UnitOfWork, lifecycle: Lifecycle) => mailTransport(config, unitOfWork, lifecycle),
        },
      ],
      exports: [
        CONFIG,
        Secrets,
        Signals,
        Relay,
        Lifecycle,
        Clock,
        UnitOfWork,
        Outbox,
        Jobs,
        Metrics,
        Health,
        AuditTrail,
        OutgoingHttp,
        FactReaders,
        MailTransport,
      ],
    };
  }
}
