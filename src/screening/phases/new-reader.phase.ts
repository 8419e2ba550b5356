import { ruleKind } from '../rules/rule-kind.js';
import { fields, integer, optional } from '../rules/shape.js';

/** Until somebody has been published that often, a person reads them first. */
export const newReaderPhase = ruleKind({
  kind: 'new-reader',
  action: 'hold',
  needs: ({ published }) => ({ published: { seconds: Infinity, most: published } }),
  params: fields({ published: optional(integer(1, 1_000), 1) }),
  screen({ input: { author } }, { published }) {
    if (!author || author.published >= published) return [];
    const explanation = `${author.published} comments of this reader are published; up to ${published} are read first.`;
    return [{ score: 1 - author.published / published, explanation }];
  },
});
