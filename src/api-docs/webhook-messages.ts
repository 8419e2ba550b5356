type Schema = Record<string, unknown>;

const text: Schema = { type: 'string' };
const id: Schema = { type: 'string', format: 'uuid' };
const time: Schema = { type: 'string', format: 'date-time' };
const orNull = { type: ['string', 'null'] };
const ofComment = { threadKey: text, commentId: id };
const comment = { $ref: '#/components/schemas/CommentView' };
const status: Schema = { type: 'string', enum: ['pending', 'published', 'rejected', 'spam', 'deleted'] };
/** Of an appeal: the comment and the decision, or the sanction. */
const appealed = { commentId: id, decisionId: id, sanctionId: id };
const member = { list: text, memberId: id, email: orNull };
const consent: Schema = {
  type: 'object',
  required: ['textVersion', 'askedAt', 'confirmedAt'],
  properties: { text, textVersion: { type: 'integer' }, askedAt: time, confirmedAt: time },
};

interface Told {
  summary: string;
  data: Record<string, Schema>;
  /** What of `data` may be left out. */
  optional?: readonly string[];
}

/** What is sent, and its `data` beside `site`. A test holds the list equal to the types that an endpoint can listen to. */
const MESSAGES: Readonly<Record<string, Told>> = {
  'comment.published': { summary: 'A comment is public.', data: { ...ofComment, comment } },
  'comment.edited': { summary: 'A public comment has a new text.', data: { ...ofComment, comment } },
  'comment.removed': { summary: 'A comment is public no more.', data: ofComment, optional: ['threadKey'] },
  'comment.held': { summary: 'A comment waits for a decision.', data: { ...ofComment, status } },
  'comment.reported': { summary: 'A reader reported a comment.', data: { ...ofComment, status } },
  'comment.noticed': { summary: 'A notice of illegal content came in.', data: { ...ofComment, status } },
  'passage.changed': {
    summary: 'A question was asked, or a passage changed by staff.',
    data: { threadKey: text, passageId: id },
  },
  'thread.changed': { summary: 'State, title, settings or the article’s text changed.', data: { threadKey: text } },
  'appeal.opened': {
    summary: 'A reader appealed.',
    data: { appealId: id, ...appealed },
    optional: Object.keys(appealed),
  },
  'appeal.decided': {
    summary: 'An appeal has an outcome, or is moot.',
    data: { appealId: id, ...appealed, outcome: { type: 'string', enum: ['upheld', 'overturned', 'moot'] } },
    optional: Object.keys(appealed),
  },
  'list.confirmed': {
    summary: 'An address confirmed that it wants to be on a mailing list.',
    data: { ...member, language: orNull, consent },
  },
  'list.withdrawn': { summary: 'An address left a mailing list.', data: { ...member, withdrawnAt: time } },
  'webhook.test': { summary: 'Staff asked for a test.', data: {} },
};

const header = (name: string, description: string) => ({
  name,
  description,
  in: 'header',
  required: true,
  schema: text,
});
const HEADERS = [
  header('webhook-id', 'Of the delivery: the same in every attempt.'),
  header('webhook-timestamp', 'Seconds since 1970, of this attempt.'),
  header(
    'webhook-signature',
    '`v1,` and HMAC-SHA256 over `id.timestamp.body` in base64; two of them, separated by a space, while secrets change.',
  ),
];

/** The requests that endpoints get, as `webhooks` of OpenAPI 3.1. */
export const WEBHOOK_MESSAGES = Object.fromEntries(
  Object.entries(MESSAGES).map(([type, { summary, data, optional = [] }]) => {
    const properties = { site: { ...text, description: 'The key of the site.' }, ...data };
    const required = Object.keys(properties).filter((name) => !optional.includes(name));
    const timestamp = { ...time, description: 'When it happened.' };
    const schema = {
      type: 'object',
      required: ['type', 'timestamp', 'data'],
      properties: { type: { const: type }, timestamp, data: { type: 'object', required, properties } },
    };
    const post = {
      operationId: `Webhook.${type}`,
      summary,
      tags: ['webhooks'],
      parameters: HEADERS,
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses: { '2XX': { description: 'Taken. Whatever else is answered, it is sent again.' } },
    };
    return [type, { post }] as const;
  }),
);
