import { Body, Controller, Get, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { UuidParam } from '../../platform/http/uuid-param.js';
import { CurrentActor, requireReader, ResolveActor, type Actor } from '../../identity/index.js';
import { CrossOrigin } from '../../sites/index.js';
import { MyReports } from './my-reports.js';
import { ReportComment } from './report-comment.js';
import { MyReportListView, ReportReceiptView } from './report.view.js';
import { MyReportsQuery, ReportRequest } from './reports.request.js';

@ApiTags('reports')
@ApiBearerAuth('reader')
@UseGuards(ResolveActor)
@Controller('api/v1')
export class ReportsController {
  constructor(
    private readonly reportComment: ReportComment,
    private readonly myReports: MyReports,
  ) {}

  /** Reports a comment to the moderators. Once a reader and revision: again, the first report is answered. */
  @Post('comments/:id/reports')
  report(
    @UuidParam('id', 'comment') commentId: string,
    @CurrentActor() actor: Actor,
    @CrossOrigin() origin: string | undefined,
    @Body() { reason, text = null }: ReportRequest,
  ): Promise<ReportReceiptView> {
    return this.reportComment.run(requireReader(actor), { commentId, reason, text, origin });
  }

  /** What I reported and what came of it, newest first. */
  @Get('me/reports')
  mine(@CurrentActor() actor: Actor, @Query() query: MyReportsQuery): Promise<MyReportListView> {
    return this.myReports.run(requireReader(actor), query);
  }
}
