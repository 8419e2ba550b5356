import type { OpenAPIObject } from '@nestjs/swagger';
import { BUILT_QUEUES } from '../moderation/index.js';

type Schema = Record<string, unknown>;

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const message = (name: string) => ({ $ref: `#/components/messages/${name}` });
const onChannel = (channel: string, name: string) => ({ $ref: `#/channels/${channel}/messages/${name}` });
const object = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const KEY: Schema = { type: 'string', minLength: 1, maxLength: 255 };
const SEQ: Schema = { type: 'integer', minimum: 0 };
const QUEUE: Schema = { type: 'string', enum: [...BUILT_QUEUES] };
const COUNTS: Schema = { type: 'array', items: ref('QueueCountView') };

/** What is said over the sockets, but for what both interfaces share. */
const SCHEMAS: Record<string, Schema> = {
  JoinThread: object({ site: KEY, thread: KEY, after: { ...SEQ, description: 'The last `seq` that was applied' } }, [
    'site',
    'thread',
  ]),
  LeaveThread: object({ site: KEY, thread: KEY }),
  SignIn: object({ token: { type: 'string', description: 'Of a reader session; left out: `auth.token`' } }, []),
  SignOut: { description: 'Anything; it is not looked at' },
  JoinQueues: object({ site: KEY, queues: { type: 'array', maxItems: 10, items: QUEUE } }),
  JoinThreadAnswer: {
    oneOf: [
      object({ ok: { const: true }, seq: SEQ, events: { type: 'array', items: ref('ThreadEvent') } }),
      object({ ok: { const: true }, seq: SEQ, resync: { const: true } }),
      ref('Refusal'),
    ],
  },
  LeaveThreadAnswer: { oneOf: [object({ ok: { const: true } }), ref('Refusal')] },
  SignInAnswer: { oneOf: [object({ ok: { const: true }, inbox: ref('InboxFrame') }), ref('Refusal')] },
  SignOutAnswer: { oneOf: [object({ ok: { const: true } }), ref('Refusal')] },
  InboxFrame: object({ unread: { type: 'integer', minimum: 0, description: '1000: so many or more' } }),
  JoinQueuesAnswer: { oneOf: [object({ ok: { const: true }, counts: COUNTS }), ref('Refusal')] },
  Refusal: object({ ok: { const: false }, problem: ref('Problem') }),
  EventsFrame: {
    ...object({
      site: KEY,
      thread: KEY,
      seq: SEQ,
      events: { type: 'array', maxItems: 100, items: ref('ThreadEvent') },
    }),
    description: '`seq` is that of the last event. Without events it is the heartbeat, within 10 s after a change',
  },
  QueueChanged: object({
    site: KEY,
    queue: QUEUE,
    type: { type: 'string', enum: ['entered', 'left', 'claimed', 'released', 'changed', 'alarm', 'calm'] },
    itemId: {
      type: ['string', 'null'],
      format: 'uuid',
      description: '`alarm`: the oldest; `calm`: null; `changed`: null where very many have',
    },
    counts: COUNTS,
  }),
};

const MESSAGES = {
  joinThread: ['join', 'Watch a thread; with `after` the answer holds what was missed', 'JoinThread'],
  joinThreadAnswer: ['join (acknowledgement)', 'Every emit that brings a callback is answered', 'JoinThreadAnswer'],
  leaveThread: ['leave', 'Watch a thread no longer', 'LeaveThread'],
  leaveThreadAnswer: ['leave (acknowledgement)', 'Answered where a callback came along', 'LeaveThreadAnswer'],
  events: ['events', 'What happened in a thread that is watched, in the order of `seq`', 'EventsFrame'],
  signIn: ['sign-in', 'Be told the news of the reader of a session too; once a connection', 'SignIn'],
  signInAnswer: ['sign-in (acknowledgement)', 'How many notifications are unread', 'SignInAnswer'],
  signOut: ['sign-out', 'Be told them no longer', 'SignOut'],
  signOutAnswer: ['sign-out (acknowledgement)', 'Answered where a callback came along', 'SignOutAnswer'],
  inbox: ['inbox', 'Notifications came, or were read elsewhere: read `GET /me/notifications`', 'InboxFrame'],
  joinQueues: ['join', 'Watch queues of a site', 'JoinQueues'],
  joinQueuesAnswer: ['join (acknowledgement)', 'How much waits now', 'JoinQueuesAnswer'],
  queue: [
    'queue',
    'An item entered, left, or changed hands, or the oldest waits too long; `counts` are those of now',
    'QueueChanged',
  ],
} as const;

/** Emits as operations: [channel, action of the server, message, its answer]. */
const OPERATIONS = {
  joinThread: ['live', 'receive', 'joinThread', 'joinThreadAnswer'],
  leaveThread: ['live', 'receive', 'leaveThread', 'leaveThreadAnswer'],
  sendEvents: ['live', 'send', 'events'],
  signIn: ['live', 'receive', 'signIn', 'signInAnswer'],
  signOut: ['live', 'receive', 'signOut', 'signOutAnswer'],
  sendInbox: ['live', 'send', 'inbox'],
  joinQueues: ['moderation', 'receive', 'joinQueues', 'joinQueuesAnswer'],
  sendQueueChange: ['moderation', 'send', 'queue'],
} as const;

const CHANNELS = {
  live: ['/live', 'Readers’ pages; without a sign-in all is public. The page’s Origin is checked at `join`'],
  moderation: [
    '/moderation',
    'Consoles; `auth: {token}` holds the token of a staff session, or the cookie comes along',
  ],
} as const;

/** The live protocol as AsyncAPI 3. Comments, events and counts have the schemas of the OpenAPI document. */
export function createAsyncApi(openApi: OpenAPIObject): object {
  const shared = (openApi.components?.schemas ?? {}) as Record<string, Schema>;
  const channels = Object.entries(CHANNELS).map(([channel, [address, description]]) => {
    const own = Object.values(OPERATIONS).filter(([on]) => on === channel);
    const names = own.flatMap(([, , ...messages]) => messages);
    return [
      channel,
      { address, description, messages: Object.fromEntries(names.map((name) => [name, message(name)])) },
    ];
  });
  const operations = Object.entries(OPERATIONS).map(([name, [channel, action, sent, answer]]) => {
    const reply = answer && {
      channel: { $ref: `#/channels/${channel}` },
      messages: [onChannel(channel, answer)],
    };
    const operation = { action, channel: { $ref: `#/channels/${channel}` }, messages: [onChannel(channel, sent)] };
    return [name, reply ? { ...operation, reply } : operation];
  });
  const messages = Object.entries(MESSAGES).map(([key, [name, summary, schema]]) => [
    key,
    { name, summary, contentType: 'application/json', payload: ref(schema) },
  ]);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Postil live',
      version: '1',
      description:
        'Socket.IO 4 at the path `/socket.io`, WebSocket transport only. An operation with a reply is an emit with an acknowledgement. Client rule: apply events with `seq` = last + 1, drop those at or below, ask on a gap.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(channels),
    operations: Object.fromEntries(operations),
    components: { messages: Object.fromEntries(messages), schemas: { ...SCHEMAS, ...reached(SCHEMAS, shared) } },
  };
}

/** The shared schemas that these refer to, and those that they refer to. */
function reached(schemas: Record<string, Schema>, shared: Record<string, Schema>): Record<string, Schema> {
  const found = new Map<string, Schema>();
  const follow = (text: string) => {
    for (const [, name = ''] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) {
      const schema = shared[name];
      if (!schema || found.has(name)) continue;
      found.set(name, schema);
      follow(JSON.stringify(schema));
    }
  };
  follow(JSON.stringify(schemas));
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
