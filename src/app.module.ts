import { Module, type DynamicModule } from '@nestjs/common';
import { PlatformModule } from './platform/platform.module.js';
import type { RuntimeConfig } from './platform/tokens.js';

/** The composition root. */
@Module({})
export class AppModule {
  static forRoot(config: RuntimeConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.forRoot(config)],
    };
  }
}
