import type { Socket } from 'socket.io-client';
import { QueueAlarms } from '../../src/moderation/alarms/queue-alarms.js';
import { Relay } from '../../src/platform/stream/relay.js';
import { startTwoNodes, type App, type Person } from '../support/app.js';
import { until } from '../support/until.js';

interface Frame {
  queue: string;
  type: string;
  itemId: string | null;
  counts: { queue: string; open: number }[];
}

describe('alarms of queues', () => {
  let nodes: [App, App];
  let app: App;
  let moderator: Person;
  let reader: Person;
  let socket: Socket;
  const frames: Frame[] = [];

  beforeAll(async () => {
    nodes = await startTwoNodes({ settings: { moderationMode: 'pre' } });
    [app] = nodes;
    moderator = await app.staff('moderator');
    reader = await app.guest();
    socket = nodes[1].socket('/moderation', { auth: { token: moderator.token } });
    socket.on('queue', (frame: Frame) => frames.push(frame));
    const answer = (await socket.timeout(10_000).emitWithAck('join', { site: 'demo', queues: ['pending'] })) as {
      ok: boolean;
    };
    expect(answer.ok).toBe(true);
  });

  afterAll(async () => {
    socket.disconnect();
    await nodes[1].stop();
    await nodes[0].stop();
  });

  const alarms = () => frames.filter(({ type }) => type === 'alarm' || type === 'calm');
  const told = () => alarms().map(({ type }) => type);
  /** At once instead of some seconds later. */
  const look = () => {
    for (const { node } of nodes) {
      node.app.get(QueueAlarms).settlesAt = 0;
      node.app.get(Relay).wake();
    }
  };
  async function heard(types: readonly string[]): Promise<void> {
    await until(
      () => {
        look();
        return told().length >= types.length;
      },
      `frames ${types.join(', ')}`,
      () => told().join(', '),
    );
    expect(told()).toEqual(types);
  }
  /** The relay has looked so many times, and told what it had to tell. */
  async function looked(times: number): Promise<void> {
    for (let n = 0; n < times; n++) {
      look();
      await until(() => nodes.some(({ node }) => (node.app.get(QueueAlarms).settlesAt ?? 0) > 0), 'the relay to look');
    }
  }
  async function figure(name: string): Promise<number | undefined> {
    const { text } = await app.page('/metrics');
    const line = text.split('\n').find((each) => each.startsWith(`${name}{`) && each.includes('queue="pending"'));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  }

  it('are told once when the oldest free item passes the limit, also by another relay, and once when that is over', async () => {
    const thread = await app.thread();
    const first = await app.post(reader, thread, 'Who looks at this?');
    await app.settled();
    await looked(2);
    expect(told()).toEqual([]);
    expect(await figure('postil_queue_oldest_seconds')).toBeGreaterThan(0);
    expect(await figure('postil_queue_alarm')).toBeUndefined();

    await app.settings({ alarmPendingSeconds: 1 });
    await heard(['alarm']);
    const { rows } = await app.pool.query<{ id: string }>('SELECT id FROM queue_items WHERE comment_id = $1', [
      first.id,
    ]);
    expect(alarms()[0]).toMatchObject({ site: 'demo', queue: 'pending', itemId: rows[0]?.id });
    expect(await figure('postil_queue_alarm')).toBe(1);

    // Another item grows old as well, and another relay takes over: it is the same alarm.
    await app.post(reader, thread, 'And at this?');
    await app.withoutRelay(() => Promise.resolve());
    await app.settled();
    await looked(3);
    expect(told()).toEqual(['alarm']);

    const held = await app.expect<{ items: { id: string }[] }>(200, '/moderation/claims', {
      ...{ method: 'POST', token: moderator.token, body: { queue: 'pending', site: 'demo', limit: 10 } },
    });
    expect(held.items).toHaveLength(2);
    await heard(['alarm', 'calm']);
    expect(alarms()[1]).toMatchObject({ queue: 'pending', itemId: null });
    expect(await figure('postil_queue_alarm')).toBe(0);
    expect(await figure('postil_queue_oldest_seconds')).toBeUndefined();

    await app.expect(204, `/moderation/claims/${rows[0]?.id}`, { method: 'DELETE', token: moderator.token });
    await heard(['alarm', 'calm', 'alarm']);
    await app.settings({ alarmPendingSeconds: 0 });
    await heard(['alarm', 'calm', 'alarm', 'calm']);
    expect(await app.count('SELECT count(*) FROM queue_alarms')).toBe(0);
  });

  it.each([-1, 1.5, 2_592_001, null, '60'])('take no limit of %j', async (alarmPendingSeconds) => {
    const { status } = await app.call('/sites/demo', {
      method: 'PUT',
      token: app.owner.token,
      body: { settings: { alarmPendingSeconds } },
    });
    expect(status).toBe(422);
  });
});
