import { Module } from '@nestjs/common';
import { SitesModule } from '../../sites/index.js';
import { Statements } from './statements.js';

/** For those who deliver statements. */
@Module({ imports: [SitesModule], providers: [Statements], exports: [Statements] })
export class StatementsModule {}
