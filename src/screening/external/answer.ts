import { fields, list, oneOf, optional, type Check, type Problem } from '../rules/shape.js';

const STATUSES = ['NONE', 'APPROVED', 'PREMOD', 'SYSTEM_WITHHELD', 'REJECTED'] as const;
const REASONS = ['COMMENT_DETECTED_TOXIC', 'COMMENT_DETECTED_SPAM'] as const;
const TAGS = ['FEATURED', 'STAFF'] as const;

const flag = fields({ actionType: oneOf('FLAG'), reason: oneOf(...REASONS) });

const answer = fields({
  status: optional(oneOf(...STATUSES)),
  actions: optional(list(flag, { most: 20 }), []),
  tags: optional(list(oneOf(...TAGS), { most: 20 }), []),
});

/** What a service says of a comment, in the shape of Coral's external moderation phases. */
export interface ExternalAnswer {
  status: (typeof STATUSES)[number];
  /** Reasons for which it flags the comment. */
  flags: readonly (typeof REASONS)[number][];
  tags: readonly (typeof TAGS)[number][];
}

const SILENCE: ExternalAnswer = { status: 'NONE', flags: [], tags: [] };

/** Fields that newer services may send beside those that are understood are left alone. */
const known: Check<unknown> = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        ['status', 'actions', 'tags'].flatMap((name) =>
          Object.hasOwn(value, name) && (value as Record<string, unknown>)[name] !== null
            ? [[name, (value as Record<string, unknown>)[name]]]
            : [],
        ),
      )
    : value;

/** 204, or 200 with JSON. Everything else is no answer, and why is told. */
export function readAnswer(status: number, body: string): { answer: ExternalAnswer } | { problem: string } {
  if (status === 204) return { answer: SILENCE };
  if (status !== 200) return { problem: `it answered ${status}` };
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { problem: 'its answer was not JSON' };
  }
  const problems: Problem[] = [];
  const read = answer(known(value, '', problems), '', problems);
  const [first] = problems;
  if (!read || first) return { problem: `its answer was not understood (at “${first?.pointer ?? ''}”)` };
  const flags = [...new Set(read.actions.map(({ reason }) => reason))];
  return { answer: { status: read.status ?? 'NONE', flags, tags: read.tags } };
}
