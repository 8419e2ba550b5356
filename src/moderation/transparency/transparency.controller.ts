import { Readable } from 'node:stream';
import { Controller, Get, Header, Query, StreamableFile, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentActor, ResolveActor, type Actor } from '../../identity/index.js';
import { ReadTransparency } from './read-transparency.js';
import { StatementExport } from './statement-export.js';
import { StatementsQuery, TransparencyQuery } from './transparency.request.js';
import { DsaStatementListView, TransparencyView } from './transparency.view.js';

@ApiTags('moderation')
@ApiBearerAuth('staff')
@UseGuards(ResolveActor)
@Controller('api/v1/moderation/transparency')
export class TransparencyController {
  constructor(
    private readonly transparency: ReadTransparency,
    private readonly statements: StatementExport,
  ) {}

  /** Figures of a period as Articles 15 and 24 of the DSA ask for, and its first 100 statements of reasons. */
  @Get()
  read(@CurrentActor() actor: Actor, @Query() query: TransparencyQuery): Promise<TransparencyView> {
    return this.transparency.run(actor, query);
  }

  /** Statements of reasons as the EU's DSA Transparency Database takes them, oldest first. */
  @Get('statements')
  list(@CurrentActor() actor: Actor, @Query() query: StatementsQuery): Promise<DsaStatementListView> {
    return this.statements.run(actor, query);
  }

  /** All of them, a line each. */
  @Get('statements.ndjson')
  @Header('Content-Type', 'application/x-ndjson')
  @ApiOkResponse({ content: { 'application/x-ndjson': { schema: { type: 'string' } } } })
  async lines(@CurrentActor() actor: Actor, @Query() query: TransparencyQuery): Promise<StreamableFile> {
    const lines = await this.statements.lines(actor, query);
    return new StreamableFile(Readable.from(lines), { type: 'application/x-ndjson' });
  }
}
