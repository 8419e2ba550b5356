import { forAuthor } from '../../screening/index.js';
import type { SiteRow } from '../../sites/index.js';
import { refusalOf } from '../appeals/appealable.js';
import type { MyAppealView } from '../appeals/appeal.view.js';
import { inWords, reasonInWords } from './in-words.js';
import { reasonOf } from './reason-of.js';
import type { Restricted } from './restricted.js';
import type { StatementView } from './statement.view.js';
import type { Language } from './texts/language.js';

const DAY_MS = 86_400_000;
const OUT_OF_COURT = 'https://digital-strategy.ec.europa.eu/en/policies/dsa-out-court-dispute-settlement';

/** The statement of one restriction, for whom it falls on. */
export function stateReasons(
  one: Restricted,
  { site, appeal, language }: { site: SiteRow; appeal: MyAppealView | null; language: Language },
): StatementView {
  const reason = reasonOf(site.settings.decisionReasons, one.reason);
  const { code, ground, category } = reason;
  const until = appeal === null ? appealableUntil(one, site.settings.appealDays) : null;
  const { label, explanation } = reasonInWords(reason, language);
  const appealUntil = until?.toISOString() ?? null;
  return {
    id: one.id,
    restriction: one.restriction,
    state: one.state,
    at: one.at.toISOString(),
    until: one.until?.toISOString() ?? null,
    comment: one.comment && {
      id: one.comment.commentId,
      revision: one.comment.revision,
      body: one.comment.body,
      writtenAt: one.contentAt.toISOString(),
    },
    where: {
      site: site.key,
      siteName: site.name,
      thread: one.comment?.thread ?? null,
      territorialScope: [...site.settings.territorialScope],
    },
    facts: { source: one.source, findings: findingsOf(one), explanation: one.explanation },
    automated: { detection: one.detected, decision: one.automation },
    reason: { code, label, explanation, ground: { ...ground }, category },
    redress: { appealUntil, outOfCourt: OUT_OF_COURT, court: true },
    appealableUntil: appealUntil,
    appeal,
    language,
    words: inWords(one, site, reason, { language, appealableUntil: until }),
  };
}

/** A warning and a sanction that ran out can be appealed too: they count against the reader. */
function appealableUntil(one: Restricted, appealDays: number): Date | null {
  const stands = one.comment ? one.state === 'in-force' : one.state !== 'reversed';
  const toStatus = one.comment?.toStatus ?? null;
  const refused = refusalOf({ toStatus, stands, ageDays: one.ageDays }, appealDays);
  return refused ? null : new Date(one.at.getTime() + appealDays * DAY_MS);
}

/** Nothing where no rule had a say in it: a finding that held nobody back is no ground. */
function findingsOf({ detected, comment }: Restricted) {
  if (!detected) return [];
  return forAuthor(comment?.screening ?? [])
    .filter(({ rule }) => rule !== 'mode' && rule !== 'premoderated')
    .map(({ rule, evidence, explanation }) => ({ rule, evidence, explanation }));
}
