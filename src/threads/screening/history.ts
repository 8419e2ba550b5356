import type { EntityManager } from 'typeorm';
import { digestOfText, type CompiledRules, type ScreeningInput } from '../../screening/index.js';
import { historyOf } from './history.store.js';

export interface History {
  /** Of the text, to be stored with it; null where no rule of the site looks for repeats. */
  digest: string | null;
  /** What screening is given of it. */
  known: Pick<ScreeningInput, 'author' | 'priorTexts' | 'now'>;
}

export interface HistoryQuestion {
  sessionId: string;
  siteId: string;
  body: string;
  /** The comment that is edited: it does not count. */
  besides?: string;
}

/**
 * What a site's live rules need to know of who writes and of earlier texts, in one statement; nothing is asked where none
 * of them does. Read before the comment is written: posts of the same moment do not see each other, so of several at
 * once a rule on floods or repeats may let through as many as were on their way.
 */
export async function readHistory(
  em: EntityManager,
  { needs }: CompiledRules,
  question: HistoryQuestion,
): Promise<History> {
  const digest = needs.has('texts') ? digestOfText(question.body) : null;
  const row = needs.size === 0 ? undefined : await historyOf(em, needs, { besides: null, ...question, digest });
  if (!row || row.readerId === null) return { digest, known: {} };
  const { readerId, now, published, decided, posted, texts } = row;
  return {
    digest,
    known: {
      now,
      author: {
        // What no live rule asked for is not read, and none looks at it.
        published: published ?? 0,
        decided: decided ?? { published: 0, rejected: 0 },
        postedAt: posted ?? [],
      },
      ...(digest === null || texts === null
        ? {}
        : { priorTexts: texts.map(({ reader, at }) => ({ digest, reader, own: reader === readerId, at })) }),
    },
  };
}
