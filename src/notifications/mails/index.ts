import { DeadLettersController } from '../dead-letters/dead-letters.controller.js';
import { ListDeadLetters } from '../dead-letters/list-dead-letters.js';
import { ResendMail } from '../dead-letters/resend-mail.js';
import { ActivityComposer } from '../digests/activity.composer.js';
import { NoticeComposer } from '../digests/notice.composer.js';
import { OutcomeComposer } from '../digests/outcome.composer.js';
import { InboxController } from '../inbox/inbox.controller.js';
import { InboxNews } from '../inbox/inbox-news.js';
import { MarkRead } from '../inbox/mark-read.js';
import { ReadInbox } from '../inbox/read-inbox.js';
import { MailEventSignature } from '../mail-events/mail-event-signature.js';
import { ReadMailEventSecret } from '../mail-events/read-mail-event-secret.js';
import { TakeMailEvent } from '../mail-events/take-mail-event.js';
import { PushController } from '../push/push.controller.js';
import { PushSubscriptions } from '../push/push-subscriptions.js';
import { PushingWork } from '../push/pushing-work.js';
import { VapidKeys } from '../push/vapid-keys.js';
import { QueueStaffMails } from '../staff/queue-staff-mails.js';
import { StaffMailsComposer } from '../staff/staff-mails.composer.js';
import { ForgetMails } from './forget-mails.js';
import { NotificationProjection } from '../telling/notification.projection.js';
import { TellOfComment } from '../telling/tell-of-comment.js';
import { TellOfDecision } from '../telling/tell-of-decision.js';
import { Tell } from '../telling/tell.js';
import { TellingWork } from '../telling/telling-work.js';
import { LetterWriter } from '../templates/letter-writer.js';
import { DevMailController } from './dev-mail.controller.js';
import { MailComposers } from './mail-composers.js';
import { MailQueue } from './mail-queue.js';
import { MailWork } from './mail-work.js';
import { MailWriter } from './mail-writer.js';
import { SendingWork } from './sending-work.js';
import { SuppressAddress } from './suppress-address.js';

/** Of the notifications module: who is told, and by what. */
export const MAIL_CONTROLLERS = [DeadLettersController, DevMailController, InboxController, PushController];
export const MAIL_PROVIDERS = [
  ActivityComposer,
  ForgetMails,
  InboxNews,
  LetterWriter,
  ListDeadLetters,
  MailComposers,
  MailEventSignature,
  MailQueue,
  MailWork,
  MailWriter,
  MarkRead,
  NoticeComposer,
  NotificationProjection,
  OutcomeComposer,
  PushSubscriptions,
  PushingWork,
  QueueStaffMails,
  ReadInbox,
  ReadMailEventSecret,
  ResendMail,
  SendingWork,
  StaffMailsComposer,
  SuppressAddress,
  TakeMailEvent,
  Tell,
  TellOfComment,
  TellOfDecision,
  TellingWork,
  VapidKeys,
];
