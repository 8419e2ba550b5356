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
  stopAll: string;
  settings: string;
  /** What a person decided, and what can be done about it. */
  rejected: {
    subject: (title: string) => string;
    intro: (title: string) => string;
    reason: (label: string) => string;
    yourComment: string;
    byRule: string;
    byPerson: string;
  };
  appealable: (until: string) => string;
  seeDecision: string;
  appeal: Record<'upheld' | 'overturned', { subject: string; intro: string }>;
  report: { subject: string; intro: Record<'agreed' | 'disagreed', string> };
  sanction: Record<'warn' | 'premoderate' | 'suspend' | 'ban', { subject: string; intro: (until: string) => string }>;
  notice: Record<'removed' | 'kept' | 'withdrawn', { subject: string; intro: string }>;
  noticeFrom: (title: string) => string;
  alarm: {
    subject: (queue: string, siteName: string) => string;
    intro: (count: number, queue: string, hours: number) => string;
    open: string;
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
