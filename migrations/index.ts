import { DryRunsAndStats1763800000013 } from './1763800000013-dry-runs-and-stats.js';
import { Appeals1763800000015 } from './1763800000015-appeals.js';
import { Interchange1763800000006 } from './1763800000006-interchange.js';
import { LogChain1763800000010 } from './1763800000010-log-chain.js';
import { Moderation1763800000004 } from './1763800000004-moderation.js';
import { Notifications1763800000018 } from './1763800000018-notifications.js';
import { ModeratorsTools1763800000016 } from './1763800000016-moderators-tools.js';
import { Passages1763800000005 } from './1763800000005-passages.js';
import { QueueFilters1763800000011 } from './1763800000011-queue-filters.js';
import { ReportsAndNotices1763800000008 } from './1763800000008-reports-and-notices.js';
import { Rules1763800000012 } from './1763800000012-rules.js';
import { Sanctions1763800000009 } from './1763800000009-sanctions.js';
import { SitesAndPeople1763800000002 } from './1763800000002-sites-and-people.js';
import { Statements1763800000014 } from './1763800000014-statements.js';
import { Stream1763800000001 } from './1763800000001-stream.js';
import { Subscriptions1763800000017 } from './1763800000017-subscriptions.js';
import { Threads1763800000003 } from './1763800000003-threads.js';
import { ReaderNetworks1763800000020 } from './1763800000020-reader-networks.js';
import { WaitingCounts1763800000021 } from './1763800000021-waiting-counts.js';
import { MentionsAndInboxes1763800000022 } from './1763800000022-mentions-and-inboxes.js';
import { Webhooks1763800000019 } from './1763800000019-webhooks.js';
import { PushBrowsers1763800000023 } from './1763800000023-push-browsers.js';
import { MentionsByMail1763800000024 } from './1763800000024-mentions-by-mail.js';

/** In the order in which they are applied. The schema is these and nothing else. */
export const migrations = [
  Stream1763800000001,
  SitesAndPeople1763800000002,
  Threads1763800000003,
  Moderation1763800000004,
  Passages1763800000005,
  Interchange1763800000006,
  ReportsAndNotices1763800000008,
  Sanctions1763800000009,
  LogChain1763800000010,
  QueueFilters1763800000011,
  Rules1763800000012,
  DryRunsAndStats1763800000013,
  Statements1763800000014,
  Appeals1763800000015,
  ModeratorsTools1763800000016,
  Subscriptions1763800000017,
  Notifications1763800000018,
  Webhooks1763800000019,
  ReaderNetworks1763800000020,
  WaitingCounts1763800000021,
  MentionsAndInboxes1763800000022,
  PushBrowsers1763800000023,
  MentionsByMail1763800000024,
];
