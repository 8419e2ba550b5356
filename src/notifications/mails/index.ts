import { ActivityComposer } from '../digests/activity.composer.js';
import { NoticeComposer } from '../digests/notice.composer.js';
import { OutcomeComposer } from '../digests/outcome.composer.js';
import { InboxController } from '../inbox/inbox.controller.js';
import { InboxNews } from '../inbox/inbox-news.js';
import { MarkRead } from '../inbox/mark-read.js';
import { ReadInbox } from '../inbox/read-inbox.js';
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
import { SendingWork } from './sending-work.js';

/** Of the notifications module: who is told, and by what. */
export const MAIL_CONTROLLERS = [DevMailController, InboxController];
export const MAIL_PROVIDERS = [
  ActivityComposer,
  InboxNews,
  LetterWriter,
  MailComposers,
  MailQueue,
  MailWork,
  MarkRead,
  NoticeComposer,
  NotificationProjection,
  OutcomeComposer,
  ReadInbox,
  SendingWork,
  Tell,
  TellOfComment,
  TellOfDecision,
  TellingWork,
];
