import {
  Body,
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Ip,
  Param,
  Post,
  Put,
  StreamableFile,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentActor, ResolveActor, type Actor } from '../../identity/index.js';
import { AskedView } from '../addresses/asked.view.js';
import { ExportList } from './export-list.js';
import { JoinList } from './join-list.js';
import { ListLists } from './list-lists.js';
import { MailingListsView, StaffMailingListView } from './mailing-list.view.js';
import { JoinListRequest, SaveListRequest } from './mailing-lists.request.js';
import { SaveList } from './save-list.js';

@ApiTags('mailing lists')
@Controller('api/v1/sites/:site')
export class MailingListsController {
  constructor(
    private readonly joinList: JoinList,
    private readonly listLists: ListLists,
    private readonly saveList: SaveList,
    private readonly exportList: ExportList,
  ) {}

  /** The newsletter box: asks for a place on a mailing list. The answer is the same for every address. */
  @Post('mailing-list')
  @HttpCode(202)
  join(
    @Param('site') siteKey: string,
    @Ip() ip: string,
    @Headers() headers: Record<string, string | undefined>,
    @Body() { email, list = null, textVersion = null }: JoinListRequest,
  ): Promise<AskedView> {
    const { referer, origin, 'accept-language': acceptLanguage } = headers;
    return this.joinList.run({ siteKey, email, list, textVersion, referer, origin, asker: { ip, acceptLanguage } });
  }

  /** A site's mailing lists, with what is consented to. */
  @Get('mailing-lists')
  @Header('cache-control', 'public, s-maxage=1')
  list(@Param('site') siteKey: string): Promise<MailingListsView> {
    return this.listLists.run(siteKey);
  }

  /** One of them, and how many are on it. */
  @Get('mailing-lists/:list')
  @ApiBearerAuth('staff')
  @UseGuards(ResolveActor)
  @Header('cache-control', 'private, no-store')
  read(
    @Param('site') siteKey: string,
    @Param('list') key: string,
    @CurrentActor() actor: Actor,
  ): Promise<StaffMailingListView> {
    return this.listLists.one(actor, { siteKey, key });
  }

  /** Makes a mailing list or changes it. */
  @Put('mailing-lists/:list')
  @ApiBearerAuth('staff')
  @UseGuards(ResolveActor)
  save(
    @Param('site') siteKey: string,
    @Param('list') key: string,
    @CurrentActor() actor: Actor,
    @Body() body: SaveListRequest,
  ): Promise<StaffMailingListView> {
    return this.saveList.run(actor, { ...body, siteKey, key });
  }

  /** The confirmed addresses as CSV (RFC 4180, UTF-8): email, language, asked_at, confirmed_at, consent_version, page. The log says who took them. */
  @Post('mailing-lists/:list/exports')
  @ApiBearerAuth('staff')
  @UseGuards(ResolveActor)
  @HttpCode(200)
  @Header('cache-control', 'private, no-store')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'One row an address, with a header' })
  async export(
    @Param('site') siteKey: string,
    @Param('list') key: string,
    @CurrentActor() actor: Actor,
  ): Promise<StreamableFile> {
    const rows = await this.exportList.run(actor, { siteKey, key });
    return new StreamableFile(rows, {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${key}.csv"`,
    });
  }
}
