import type { NotificationView } from '../inbox/inbox.view.js';

/** A push service takes 4,096 bytes (RFC 8030); sealing adds 103 (RFC 8291). */
const MAX_BYTES = 4_096 - 103;
const TITLE = 120;
const EXCERPTS = [160, 80, 40, 0];

/** A notification as the inbox shows it, with shorter texts where it would be too long to be pushed. */
export function pushPayload(notification: NotificationView): string {
  const whole = JSON.stringify(notification);
  if (fits(whole)) return whole;
  const { thread, comment } = notification;
  let shorter = whole;
  for (const excerpt of EXCERPTS) {
    shorter = JSON.stringify({
      ...notification,
      thread: thread && { ...thread, title: cut(thread.title, TITLE) },
      comment: comment && { ...comment, excerpt: cut(comment.excerpt, excerpt) },
    });
    if (fits(shorter)) break;
  }
  return shorter;
}

const fits = (payload: string): boolean => Buffer.byteLength(payload) <= MAX_BYTES;

/** Never through a surrogate pair. */
function cut(text: string, length: number): string {
  return text.length <= length
    ? text
    : `${text
        .slice(0, length)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`;
}
