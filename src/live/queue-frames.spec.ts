import type { BuiltQueue, QueueSignal } from '../moderation/index.js';
import { FRAMES_A_QUEUE, queueFrames } from './queue-frames.js';

const signals = (queue: BuiltQueue, count: number): QueueSignal[] =>
  Array.from({ length: count }, (_, n) => ['site', queue, 'left', `${queue}-${n}`]);

describe('the frames of a moment', () => {
  it('are one for each item, of each the last', () => {
    expect(
      queueFrames([
        ['site', 'pending', 'entered', 'a'],
        ['site', 'pending', 'claimed', 'b'],
        ['site', 'pending', 'claimed', 'a'],
        ['site', 'spam', 'left', 'c'],
        ['site', 'pending', 'alarm', 'a'],
        ['site', 'spam', 'calm', null],
      ]),
    ).toEqual([
      { queue: 'pending', type: 'claimed', itemId: 'b' },
      { queue: 'pending', type: 'claimed', itemId: 'a' },
      { queue: 'spam', type: 'left', itemId: 'c' },
      { queue: 'pending', type: 'alarm', itemId: 'a' },
      { queue: 'spam', type: 'calm', itemId: null },
    ]);
  });

  it('are one for a queue of which very much changed', () => {
    const many = queueFrames([...signals('pending', 1_000), ...signals('spam', FRAMES_A_QUEUE)]);
    expect(many.slice(0, 1)).toEqual([{ queue: 'pending', type: 'changed', itemId: null }]);
    expect(many).toHaveLength(1 + FRAMES_A_QUEUE);
    expect(queueFrames([])).toEqual([]);
  });
});
