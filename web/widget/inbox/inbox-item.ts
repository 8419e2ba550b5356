import type { Notification } from '../../shared/api-types.js';
import { h } from '../../shared/dom.js';
import { fullTime } from '../../shared/time.js';

/** What happened, in a line; what it is about stands below. */
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

/** @param followed the reader goes to what it is about; what that is on another page, the link itself does */
export function inboxItem(notification: Notification, followed: (event: Event) => void): HTMLLIElement {
  const { kind, at, readAt, thread, comment, outcome } = notification;
  const line = LINES[kind](comment?.authorName ?? 'Somebody', outcome);
  const href = thread ? thread.url + (comment ? `#comment-${comment.id}` : '') : '#postil-thread';
  return h(
    'li',
    { class: readAt === null ? 'is-unread' : '' },
    h('a', { href, dir: 'auto', on: { click: followed } }, line),
    comment ? h('p', { class: 'inbox-words', dir: 'auto' }, comment.excerpt) : undefined,
    h('p', { class: 'when' }, [fullTime(at), thread?.title].filter(Boolean).join(' · ')),
  );
}
