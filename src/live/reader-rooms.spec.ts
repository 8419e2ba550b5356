import { Logger } from '@nestjs/common';
import type { Namespace, Socket } from 'socket.io';
import { DomainError } from '../platform/errors.js';
import { ReaderNews, type ActorResolver } from '../identity/index.js';
import type { OriginPolicy, SiteCache } from '../sites/index.js';
import { ReaderRooms } from './reader-rooms.js';

const ADA = { kind: 'reader', readerId: 'ada', siteId: 'demo' };

describe('the rooms of readers', () => {
  const frames: unknown[] = [];
  const rooms = new Set<string>();
  const answers: ((present: object) => void)[] = [];
  let resolve: () => Promise<object>;
  let news: ReaderNews;
  const source = {
    event: 'inbox',
    present: () => new Promise<object>((tell) => void answers.push(tell)),
  };
  const socket = {
    rooms,
    handshake: { auth: {}, headers: {} },
    join: (room: string) => void rooms.add(room),
    leave: (room: string) => void rooms.delete(room),
    emit: (_event: string, frame: unknown) => void frames.push(frame),
  } as unknown as Socket;
  const namespace = {
    adapter: { rooms: { has: (room: string) => rooms.has(room), get: () => new Set(['one']) } },
    sockets: new Map([['one', socket]]),
  } as unknown as Namespace;
  const turn = () => new Promise((done) => setImmediate(done));

  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(['error']));

  beforeEach(async () => {
    for (const list of [frames, answers]) list.splice(0);
    rooms.clear();
    resolve = () => Promise.resolve(ADA);
    news = new ReaderNews();
    const resolver = { resolve: () => resolve() } as unknown as ActorResolver;
    const sites = { siteById: () => Promise.resolve({}) } as unknown as SiteCache;
    const origins = { assertPermitted: () => undefined } as unknown as OriginPolicy;
    const readerRooms = new ReaderRooms(resolver, news, sites, origins);
    readerRooms.serve(namespace);
    await readerRooms.enter(socket, 'token');
  });

  it('tell nothing older after what is newer, and of a burst twice', async () => {
    for (let n = 0; n < 5; n++) news.changed('ada', source);
    await turn();
    expect(answers).toHaveLength(1);
    answers[0]?.({ unread: 1 });
    await turn();
    expect(answers).toHaveLength(2);
    answers[1]?.({ unread: 5 });
    await turn();
    expect([frames, answers.length]).toEqual([[{ unread: 1 }, { unread: 5 }], 2]);
  });

  it('are left when the session has ended, not when nobody can tell', async () => {
    const tell = async (unread: number) => {
      news.changed('ada', source);
      await turn();
      answers.pop()?.({ unread });
      await turn();
    };
    resolve = () => Promise.reject(new Error('the database is away'));
    await tell(1);
    resolve = () => Promise.resolve(ADA);
    await tell(2);
    resolve = () => Promise.reject(new DomainError('unauthenticated', 'invalid-token', 'It has ended.'));
    await tell(3);
    expect([frames, rooms.size]).toEqual([[{ unread: 2 }], 0]);
  });
});
