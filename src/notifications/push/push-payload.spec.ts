import type { NotificationView } from '../inbox/inbox.view.js';
import { pushPayload } from './push-payload.js';

const told = (title: string, url: string, excerpt: string, key = 'bridge'): NotificationView => ({
  id: '01a205a0-eac9-77bd-8742-85e32ac4aa7f',
  kind: 'reply',
  at: '2026-11-22T23:39:21.675Z',
  readAt: null,
  thread: { key, title, url },
  comment: { id: '01a205a0-eac9-77bd-8742-85e32ac4aa80', authorName: 'Ada', excerpt },
  subjectId: null,
  outcome: null,
});
const url = (length: number) => 'https://news.example/'.padEnd(length, 'x');

describe('the payload of a push', () => {
  it('is the notification', () => {
    const one = told('The bridge', url(100), 'An answer.');
    expect(JSON.parse(pushPayload(one))).toEqual(one);
  });

  it('has shorter texts where a push service would not take it, and the whole address', () => {
    for (const [title, excerpt, key] of [
      ['橋'.repeat(500), 'An answer.', 'é'.repeat(255)],
      ['🌉'.repeat(250), '答'.repeat(160), 'é'.repeat(255)],
      ['"'.repeat(500), '\\'.repeat(160), '橋'.repeat(255)],
    ] as const) {
      const payload = pushPayload(told(title, url(2_000), excerpt, key));
      expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(3_993);
      const { thread, comment } = JSON.parse(payload) as NotificationView;
      expect(thread?.url).toHaveLength(2_000);
      expect(thread?.title).toMatch(/^(橋{120}|(🌉){60}|"{120})…$/u);
      expect(comment?.excerpt.replace('…', '')).toBe(excerpt.slice(0, comment?.excerpt.replace('…', '').length));
      expect(payload).not.toMatch(/\\ud|\uFFFD/);
    }
  });
});
