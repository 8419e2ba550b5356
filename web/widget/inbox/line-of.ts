import type { Notification } from '../../shared/api-types.js';

const LINES: Record<Notification['kind'], (author: string, outcome: string | null) => string> = {
  reply: (author) => `${author} replied to you`,
  'follow-up': (author) => `${author} commented`,
  mention: (author) => `${author} mentioned you`,
  published: () => 'Your comment was published',
  rejected: () => 'Your comment was not published',
  appeal: (_author, outcome) => `Your appeal was ${outcome === 'overturned' ? '' : 'not '}granted`,
  report: (_author, outcome) =>
    outcome === 'agreed' ? 'What you reported was taken down' : 'What you reported was looked at, and stands',
  sanction: (_author, outcome) => SANCTIONS[outcome ?? ''] ?? 'The moderators decided about your account',
};

const SANCTIONS: Record<string, string> = {
  warn: 'The moderators warned you',
  premoderate: 'Your comments are read before they appear',
  suspend: 'You are suspended for a time',
  ban: 'You are banned',
};

/** What happened, in a line. */
export const lineOf = ({ kind, comment, outcome }: Notification): string =>
  LINES[kind](comment?.authorName ?? 'Somebody', outcome);

/** The page that it is about; undefined: it is about none. */
export const linkOf = ({ thread, comment }: Notification): string | undefined =>
  thread ? thread.url + (comment ? `#comment-${comment.id}` : '') : undefined;
