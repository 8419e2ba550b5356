import type { OutboxRow } from '../platform/stream/projection.js';

/** What an endpoint can be told; docs/webhooks.md says when and with what. */
export const EVENT_TYPES = [
  'comment.published',
  'comment.edited',
  'comment.removed',
  'comment.held',
  'comment.reported',
  'comment.noticed',
  'passage.changed',
  'thread.changed',
  'appeal.opened',
  'appeal.decided',
  'list.confirmed',
  'list.withdrawn',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Sent on request, whatever an endpoint subscribes to. */
export const TEST_TYPE = 'webhook.test';

/** Topics whose facts are told under their own name. */
const AS_THEY_ARE: ReadonlySet<string> = new Set<EventType>([
  'comment.reported',
  'comment.noticed',
  'passage.changed',
  'thread.changed',
  'appeal.opened',
  'appeal.decided',
  'list.confirmed',
  'list.withdrawn',
]);
const OF_STATUS = new Set(['comment.posted', 'comment.edited', 'comment.decided', 'comment.deleted']);

/** What of a fact is told, in the order in which it is. */
export function typesOf({
  topic,
  fromStatus,
  toStatus,
}: Pick<OutboxRow, 'topic' | 'fromStatus' | 'toStatus'>): EventType[] {
  if (AS_THEY_ARE.has(topic)) return [topic as EventType];
  if (topic === 'article.revised') return ['thread.changed'];
  if (!OF_STATUS.has(topic)) return [];
  const [before, now] = [fromStatus === 'published', toStatus === 'published'];
  return [
    ...(before && !now ? ['comment.removed' as const] : []),
    ...(now && !before ? ['comment.published' as const] : []),
    ...(now && before && topic === 'comment.edited' ? ['comment.edited' as const] : []),
    ...(toStatus === 'pending' && fromStatus !== 'pending' ? ['comment.held' as const] : []),
  ];
}
