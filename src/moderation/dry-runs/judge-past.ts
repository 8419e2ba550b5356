import { screen, type CompiledRules, type Rule } from '../../screening/index.js';
import { linksOf } from '../../threads/index.js';
import type { PastComment } from './past-comments.store.js';
import type { History } from './replay.js';
import type { Caught } from './tally.js';

const MOST_EVIDENCE = 10;

/** What the one rule would have done with a comment when it came. Other rules, and the site's mode, say nothing here. */
export function judgePast(
  { rule, compiled, timeZone }: { rule: Rule; compiled: CompiledRules; timeZone: string },
  comment: PastComment,
  history: History,
): Caught | null {
  const { body, html, createdAt } = comment;
  const { findings } = screen(
    {
      ...{ body, html, links: linksOf(html, body), now: createdAt.getTime() },
      ...{ moderationMode: 'post', settings: { maxLinks: Infinity }, timeZone, ...history },
    },
    compiled,
  );
  const said = findings.filter((finding) => finding.rule === rule.id);
  const strictest = said.find(({ action }) => action === 'reject') ?? said.find(({ action }) => action === 'hold');
  if (!strictest) return null;
  return {
    action: strictest.action === 'reject' ? 'reject' : 'hold',
    score: Math.max(...said.map(({ score }) => score)),
    explanation: strictest.explanation,
    evidence: said
      .flatMap(({ evidence }) => evidence)
      .slice(0, MOST_EVIDENCE)
      .map(({ start, end }) => ({ start, end })),
  };
}
