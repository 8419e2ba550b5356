import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Relay } from '../../platform/stream/relay.js';
import { ActivityComposer } from '../digests/activity.composer.js';
import { NoticeComposer } from '../digests/notice.composer.js';
import { OutcomeComposer } from '../digests/outcome.composer.js';
import { PushingWork } from '../push/pushing-work.js';
import { QueueStaffMails } from '../staff/queue-staff-mails.js';
import { StaffMailsComposer } from '../staff/staff-mails.composer.js';
import { NotificationProjection } from '../telling/notification.projection.js';
import { TellingWork } from '../telling/telling-work.js';
import { ForgetMails } from './forget-mails.js';
import { MailComposers } from './mail-composers.js';
import { SendingWork } from './sending-work.js';

/** Registers what the relay and the workers do so that people learn of things. */
@Injectable()
export class MailWork implements OnModuleInit {
  constructor(
    private readonly relay: Relay,
    private readonly jobs: Jobs,
    private readonly composers: MailComposers,
    private readonly projection: NotificationProjection,
    private readonly telling: TellingWork,
    private readonly sending: SendingWork,
    private readonly pushing: PushingWork,
    private readonly activity: ActivityComposer,
    private readonly outcomes: OutcomeComposer,
    private readonly notices: NoticeComposer,
    private readonly staffMails: StaffMailsComposer,
    private readonly queueStaffMails: QueueStaffMails,
    private readonly forgetMails: ForgetMails,
  ) {}

  onModuleInit(): void {
    this.relay.register(this.projection);
    for (const work of [this.telling, this.sending, this.pushing]) this.jobs.registerSteady(work);
    for (const composer of [this.activity, this.outcomes, this.notices, this.staffMails])
      this.composers.register(composer);
    this.jobs.register({ name: 'mails.staff', cron: '* * * * *', run: () => this.queueStaffMails.run() });
    this.jobs.register({ name: 'mails.forget', cron: '23 3 * * *', run: (_, signal) => this.forgetMails.run(signal) });
  }
}
