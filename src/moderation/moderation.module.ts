import { Module, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '../platform/observability/metrics.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Relay } from '../platform/stream/relay.js';
import { IdentityModule } from '../identity/index.js';
import { SitesModule } from '../sites/index.js';
import { ThreadsModule } from '../threads/index.js';
import { APPEAL_CONTROLLERS, APPEAL_PROVIDERS } from './appeals/index.js';
import { Claims } from './claims.js';
import { CloseCasesProjection } from './close-cases.projection.js';
import { CommentDetail } from './comment-detail.js';
import { Decide } from './decide.js';
import { Escalate } from './escalations/escalate.js';
import { UndoBatch } from './escalations/undo-batch.js';
import { DRY_RUN_CONTROLLERS, DRY_RUN_PROVIDERS } from './dry-runs/index.js';
import { DecideOne } from './decide-one.js';
import { KeepClaims } from './keep-claims.js';
import { LogHeads } from './log-heads.js';
import { ModerationController } from './moderation.controller.js';
import { NoticeReceipts } from './notices/notice-receipts.js';
import { NoticesController } from './notices/notices.controller.js';
import { ReadNotice } from './notices/read-notice.js';
import { SendNotice } from './notices/send-notice.js';
import { PinComment } from './pin-comment.js';
import { QueueAlarms } from './alarms/queue-alarms.js';
import { QueueItems } from './queue-items.js';
import { QueueProjection } from './queue-projection.js';
import { ReadLog } from './read-log.js';
import { Reasons } from './reasons.js';
import { MyReports } from './reports/my-reports.js';
import { ReportComment } from './reports/report-comment.js';
import { ReportsController } from './reports/reports.controller.js';
import { RULE_CONTROLLERS, RULE_PROVIDERS } from './rules/index.js';
import { SANCTION_CONTROLLERS, SANCTION_PROVIDERS } from './sanctions/index.js';
import { STATS_CONTROLLERS, STATS_PROVIDERS } from './stats/index.js';
import { STATEMENT_CONTROLLERS, STATEMENT_PROVIDERS } from './statements/index.js';
import { RuleRejectionsProjection } from './statements/rule-rejections.projection.js';
import { TRANSPARENCY_CONTROLLERS, TRANSPARENCY_PROVIDERS } from './transparency/index.js';
import { SEARCH_CONTROLLERS, SEARCH_PROVIDERS } from './search/index.js';
import { UndoDecisions } from './undo.js';

@Module({
  imports: [SitesModule, IdentityModule, ThreadsModule],
  controllers: [
    ModerationController,
    ...DRY_RUN_CONTROLLERS,
    ...STATS_CONTROLLERS,
    ...SANCTION_CONTROLLERS,
    ...APPEAL_CONTROLLERS,
    ...RULE_CONTROLLERS,
    ...STATEMENT_CONTROLLERS,
    ...TRANSPARENCY_CONTROLLERS,
    ...SEARCH_CONTROLLERS,
    ReportsController,
    NoticesController,
  ],
  providers: [
    ...DRY_RUN_PROVIDERS,
    ...STATS_PROVIDERS,
    ...SANCTION_PROVIDERS,
    ...APPEAL_PROVIDERS,
    ...RULE_PROVIDERS,
    QueueProjection,
    QueueAlarms,
    QueueItems,
    Claims,
    Decide,
    DecideOne,
    UndoDecisions,
    Escalate,
    UndoBatch,
    ...SEARCH_PROVIDERS,
    PinComment,
    CommentDetail,
    Reasons,
    ReadLog,
    LogHeads,
    KeepClaims,
    CloseCasesProjection,
    ...STATEMENT_PROVIDERS,
    ...TRANSPARENCY_PROVIDERS,
    ReportComment,
    MyReports,
    NoticeReceipts,
    SendNotice,
    ReadNotice,
  ],
  exports: [QueueItems],
})
export class ModerationModule implements OnModuleInit {
  constructor(
    private readonly relay: Relay,
    private readonly closeCases: CloseCasesProjection,
    private readonly ruleRejections: RuleRejectionsProjection,
    private readonly projection: QueueProjection,
    private readonly metrics: Metrics,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.relay.register(this.closeCases);
    this.relay.register(this.ruleRejections);
    this.relay.register(this.projection);
    this.metrics.gauge(
      'postil_queue_items',
      'Items in the queues of all sites',
      async (gauge) => {
        const rows = await this.unitOfWork.em.query<{ queue: string; items: number }[]>(
          'SELECT queue, sum(items)::float8 AS items FROM queue_counts GROUP BY queue',
        );
        for (const { queue, items } of rows) gauge.set({ queue }, items);
      },
      ['queue'],
    );
  }
}
