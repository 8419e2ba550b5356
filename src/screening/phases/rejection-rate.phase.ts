import { ruleKind } from '../rules/rule-kind.js';
import { fields, integer, optional, share } from '../rules/shape.js';

/** Whoever was often rejected of late will be again, more likely than not. Too few decisions say nothing. */
export const rejectionRatePhase = ruleKind({
  kind: 'rejection-rate',
  action: 'hold',
  needs: ({ leastDecisions }) => ({ decided: { seconds: 180 * 86_400, most: Math.max(50, leastDecisions) } }),
  params: fields({ share: optional(share, 0.5), leastDecisions: optional(integer(1, 1_000), 4) }),
  screen({ input: { author } }, { share: most, leastDecisions }) {
    if (!author) return [];
    const { published, rejected } = author.decided;
    const all = published + rejected;
    if (all < leastDecisions || rejected < all * most) return [];
    const explanation = `Of this reader's last ${all} comments that people decided on, ${rejected} were rejected.`;
    return [{ score: rejected / all, explanation }];
  },
});
