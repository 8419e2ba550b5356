import type { Words } from './words.js';

const comments = (count: number) => (count === 1 ? '1 comment' : `${count} comments`);
const hoursOf = (hours: number) => (hours < 1 ? 'less than an hour' : hours === 1 ? 'an hour' : `${hours} hours`);

export const en: Words = {
  mail: {
    subject: {
      reply: (name, title) => `${name} answered your comment on “${title}”`,
      'follow-up': (name, title) => `${name} commented on “${title}”`,
      mention: (name, title) => `${name} mentioned you at “${title}”`,
      published: (_name, title) => `Your comment on “${title}” is published`,
      many: (count, title) => `${count} new comments on “${title}”`,
      digest: (count, siteName) => `${count === 1 ? '1 new comment' : `${count} new comments`} · ${siteName}`,
    },
    line: {
      reply: (name) => `${name} answered your comment:`,
      'follow-up': (name) => `${name} commented:`,
      mention: (name) => `${name} mentioned you:`,
      published: () => 'Your comment is published:',
    },
    digestIntro: {
      instant: 'This is new:',
      hourly: 'This is new since your last mail of the hour:',
      daily: 'This is new since your last daily mail:',
    },
    more: (count) => `And ${comments(count)} more.`,
    read: 'Read and answer',
    toArticle: 'Read the conversation',
    why: {
      thread: 'You get this mail because you asked to be told of new comments on this article.',
      replies: 'You get this mail because you asked to be told of answers to your comments.',
      comment: 'You get this mail because you asked to be told of answers to this comment.',
      own: 'You get this mail because it is about something you wrote or reported.',
      staff: 'You get this mail because you moderate this site.',
      notice: 'You get this mail because you sent us a notice and left this address.',
      asked: 'You get this mail because somebody entered this address with us.',
    },
    stopThread: 'No more mails about this article',
    stopMentions: 'No more mails when I am mentioned or my comment is published',
    stopAll: 'No more of these mails',
    settings: 'All settings of your mails',
    restricted: {
      comment: (title) => `Your comment on “${title}” is not public`,
      warned: 'A warning',
      premoderated: 'Your comments are read before they appear',
      suspended: 'You are suspended',
      banned: 'You are banned',
    },
    reason: (label, explanation) => `Reason: ${label}. ${explanation}`,
    staffSays: 'What the moderator says:',
    toTheArticle: 'Read the article',
    aboutComment: (title) => `The comment was on “${title}”.`,
    redress: 'You can also turn to a certified out-of-court dispute settlement body, or to a court.',
    appeal: {
      upheld: {
        subject: 'Your appeal: the decision stands',
        intro: 'Somebody has looked at your appeal, and the decision stands.',
      },
      overturned: {
        subject: 'Your appeal: the decision was changed',
        intro: 'Somebody has looked at your appeal, and you were right: the decision was taken back.',
      },
    },
    report: {
      subject: 'What became of your report',
      intro: {
        agreed: 'You reported a comment. We agree, and it is no longer public.',
        disagreed: 'You reported a comment. We looked at it, and it stays.',
      },
    },
    notice: {
      removed: { subject: 'Your notice: removed', intro: 'We looked at your notice and removed the comment.' },
      kept: { subject: 'Your notice: not removed', intro: 'We looked at your notice. The comment stays.' },
      withdrawn: {
        subject: 'Your notice: settled',
        intro: 'The comment was taken back by its author. Your notice is settled.',
      },
    },
    queues: {
      pending: 'Pending',
      reported: 'Reported',
      unmoderated: 'Unmoderated',
      spam: 'Advertising',
      appeals: 'Appeals',
      illegal: 'Illegal content',
    },
    alarm: {
      subject: (queue, siteName) => `The queue “${queue}” of ${siteName} is waiting`,
      intro: (count, queue, hours) =>
        `${count === 1 ? '1 item waits' : `${count} items wait`} in the queue “${queue}”, the oldest for ${hoursOf(hours)}.`,
      open: 'Open the console',
    },
    givenUp: {
      subject: (siteName) => `A webhook of ${siteName} is switched off`,
      intro: {
        failing: 'For five days this address has not taken a single message, so Postil has stopped sending to it.',
        gone: 'This address says that it is gone for good (410), so Postil has stopped sending to it.',
      },
      missed: 'What happens while it is off is not sent later.',
      next: 'Once it works again, you can enable it in the console.',
    },
    staffDigest: {
      subject: (siteName, day) => `${siteName}: ${day}`,
      intro: (siteName) => `What happened at ${siteName} in the last 24 hours:`,
      posted: (count) => `${comments(count)} posted`,
      decided: (count) => (count === 1 ? '1 decision' : `${count} decisions`),
      reported: (count) => (count === 1 ? '1 report' : `${count} reports`),
      waiting: (count, queue) => `${count} waiting in “${queue}”`,
      oldest: (hours) => `the oldest for ${hoursOf(hours)}`,
    },
  },
};
