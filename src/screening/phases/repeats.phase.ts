import type { PriorText } from '../phase.js';
import { ruleKind } from '../rules/rule-kind.js';
import { fields, integer, optional } from '../rules/shape.js';

/** The same text again, however it is dressed up: by one reader it is impatience or spam, by several a campaign. */
export const repeatsPhase = ruleKind({
  kind: 'repeats',
  action: 'hold',
  // Of a text that the same few post over and over, the newest do.
  needs: ({ withinSeconds, own, others }) => ({ texts: { seconds: withinSeconds, most: 10 * (own + others + 2) } }),
  params: fields({
    withinSeconds: optional(integer(1, 30 * 86_400), 86_400),
    /** Times that one reader may have posted it before. */
    own: optional(integer(0, 100), 0),
    /** Other readers that may have posted it before. */
    others: optional(integer(0, 1_000), 1),
  }),
  screen(comment, { withinSeconds, own, others }) {
    const { priorTexts = [], now } = comment.input;
    if (now === undefined || priorTexts.length === 0) return [];
    const { digest } = comment;
    if (digest === null) return [];
    const same = priorTexts.filter((text) => text.digest === digest && now - text.at <= withinSeconds * 1_000);
    const mine = same.filter((text) => text.own).length;
    const theirs = new Set(same.filter((text) => !text.own).map((text: PriorText) => text.reader)).size;
    return [
      ...(mine > own ? [{ score: 1, explanation: `Its author posted the same text ${times(mine)} before.` }] : []),
      ...(theirs > others
        ? [
            {
              score: Math.min(1, theirs / (2 * (others + 1))),
              explanation: `${theirs} other readers posted the same text.`,
            },
          ]
        : []),
    ];
  },
});

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);
