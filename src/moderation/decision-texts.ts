import { seal, type SealedText } from '../platform/audit/sealed-text.js';
import type { Write } from '../platform/database/statement.js';
import { decisionStore, type SpokenRow } from './decision.store.js';

const KINDS = ['explanation', 'note'] as const;

/** What was said with decisions or escalations: stored beside the log, and covered by it. */
export interface DecisionTexts {
  writes: readonly Write[];
  /** What the entry of a decision says of its texts; empty where nothing was said. */
  codesOf: (decisionId: string) => Record<string, unknown>;
}

export function decisionTexts(
  decisions: readonly SpokenRow[],
  said: Partial<Record<(typeof KINDS)[number], string>>,
): DecisionTexts {
  const codes = new Map<string, Record<string, string>>();
  const writes = KINDS.flatMap((kind) => {
    const text = said[kind];
    if (!text) return [];
    const seals = decisions.map((): SealedText => seal(text));
    decisions.forEach(({ id }, n) => codes.set(id, { of: id, ...codes.get(id), [kind]: seals[n]?.digest ?? '' }));
    return [
      decisionStore.insertingTexts(
        decisions,
        kind,
        text,
        seals.map(({ salt }) => salt),
      ),
    ];
  });
  const codesOf = (id: string) => {
    const texts = codes.get(id);
    return texts ? { texts } : {};
  };
  return { writes, codesOf };
}
