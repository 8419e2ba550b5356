import type { AccountRestriction, Queue } from '../../moderation/index.js';
import type { Frequency } from '../addresses/address.store.js';

/** Why somebody is told of a comment. */
export type ActivityKind = 'reply' | 'follow-up' | 'mention' | 'published';

/** Of the mails. Names, titles and counts are given as they are: what is made of them is text, never html. */
export interface MailWords {
  subject: Record<ActivityKind, (name: string, title: string) => string> & {
    many: (count: number, title: string) => string;
    digest: (count: number, siteName: string) => string;
  };
  /** Above a comment. */
  line: Record<ActivityKind, (name: string) => string>;
  digestIntro: Record<Frequency, string>;
  more: (count: number) => string;
  read: string;
  toArticle: string;
  /** Why this mail came, at its end. */
  why: { thread: string; replies: string; comment: string; own: string; staff: string; notice: string; asked: string };
  stopThread: string;
  stopMentions: string;
  stopAll: string;
  settings: string;
  /** What was done to a comment or an account: subjects. What it says is the statement of reasons. */
  restricted: { comment: (title: string) => string } & Record<AccountRestriction, string>;
  reason: (label: string, explanation: string) => string;
  staffSays: string;
  toTheArticle: string;
  aboutComment: (title: string) => string;
  redress: string;
  appeal: Record<'upheld' | 'overturned', { subject: string; intro: string }>;
  report: { subject: string; intro: Record<'agreed' | 'disagreed', string> };
  notice: Record<'removed' | 'kept' | 'withdrawn', { subject: string; intro: string }>;
  /** As the console calls them, in the language of the mail. */
  queues: Record<Queue, string>;
  alarm: {
    subject: (queue: string, siteName: string) => string;
    intro: (count: number, queue: string, hours: number) => string;
    open: string;
  };
  /** A webhook that gets nothing any more. */
  givenUp: {
    subject: (siteName: string) => string;
    intro: Record<'failing' | 'gone', string>;
    missed: string;
    next: string;
  };
  staffDigest: {
    subject: (siteName: string, day: string) => string;
    intro: (siteName: string) => string;
    posted: (count: number) => string;
    decided: (count: number) => string;
    reported: (count: number) => string;
    waiting: (count: number, queue: string) => string;
    oldest: (hours: number) => string;
  };
}
