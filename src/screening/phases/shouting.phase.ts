import { ruleKind } from '../rules/rule-kind.js';
import { fields, integer, optional, share } from '../rules/shape.js';

const CASED = /[\p{Lu}\p{Ll}]/gu;
const UPPER = /\p{Lu}/gu;
/** The longest stretches say best where it is loud. */
const LOUD = /\p{Lu}[\p{Lu}\P{L}]{8,200}\p{Lu}/gu;

/** Capitals throughout. Short texts are left alone: `OK`, `NASA`, `LOL`. Scripts without case never shout. */
export const shoutingPhase = ruleKind({
  kind: 'shouting',
  action: 'hold',
  params: fields({ leastLetters: optional(integer(5, 10_000), 20), share: optional(share, 0.7) }),
  screen(comment, { leastLetters, share: most }) {
    const { body } = comment;
    const cased = body.match(CASED)?.length ?? 0;
    const upper = body.match(UPPER)?.length ?? 0;
    if (cased < leastLetters || upper <= cased * most) return [];
    const evidence = Array.from(body.matchAll(LOUD), ({ 0: text, index }) => {
      return comment.evidence({ start: index, end: index + text.length });
    }).slice(0, 10);
    const explanation = `${Math.round((100 * upper) / cased)} % of its letters are capitals.`;
    return [{ score: upper / cased, evidence, explanation }];
  },
});
