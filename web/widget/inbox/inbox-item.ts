import type { Notification } from '../../shared/api-types.js';
import { h } from '../../shared/dom.js';
import { fullTime } from '../../shared/time.js';
import { lineOf, linkOf } from './line-of.js';

/** @param followed the reader goes to what it is about; what that is on another page, the link itself does */
export function inboxItem(notification: Notification, followed: (event: Event) => void): HTMLLIElement {
  const { at, readAt, thread, comment } = notification;
  const href = linkOf(notification) ?? '#postil-thread';
  return h(
    'li',
    { class: readAt === null ? 'is-unread' : '' },
    h('a', { href, dir: 'auto', on: { click: followed } }, lineOf(notification)),
    comment ? h('p', { class: 'inbox-words', dir: 'auto' }, comment.excerpt) : undefined,
    h('p', { class: 'when' }, [fullTime(at), thread?.title].filter(Boolean).join(' · ')),
  );
}
