import type { OutboxRow, RelayConnection } from '../platform/stream/projection.js';
import { ThreadProjection } from './thread-projection.js';

describe('the threads’ projection', () => {
  it('sends its locks before a later projection can send anything', () => {
    const sent: unknown[] = [];
    const connection = {
      query: ({ name }: { name: string }) => (sent.push(name), new Promise(() => undefined)),
      connection: { stream: { cork: () => undefined, uncork: () => undefined } },
    } as unknown as RelayConnection;
    const row = { id: 1, siteId: 's', streamId: 't', subjectId: 'c', topic: 'comment.edited', data: null } as OutboxRow;
    void new ThreadProjection().fold(connection, [row]);
    expect(sent[0]).toBe('projection.nodes');
  });
});
