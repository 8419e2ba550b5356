import { fields, integer, optional } from '../rules/shape.js';
import { ruleKind } from '../rules/rule-kind.js';

const MOST = 100_000;
const VISIBLE = /[\p{L}\p{N}\p{S}]/gu;

/** `.`, `!!!` and walls of text say little for the room they take. Counts letters, digits and symbols (emoji are some). */
export const lengthPhase = ruleKind({
  kind: 'length',
  action: 'hold',
  params: fields({ least: optional(integer(0, MOST), 1), most: optional(integer(1, MOST)) }),
  screen({ body }, { least, most }) {
    const count = body.match(VISIBLE)?.length ?? 0;
    if (count === 0 && least > 0) return [{ score: 1, explanation: 'It has no letter, digit or symbol.' }];
    if (count < least) {
      return [
        { score: 1 - count / least, explanation: `${count} letters, digits and symbols; ${least} are expected.` },
      ];
    }
    if (most === undefined || count <= most) return [];
    const score = Math.min(1, (count - most) / most);
    return [{ score, explanation: `${count} letters, digits and symbols; more than ${most} are read first.` }];
  },
});
