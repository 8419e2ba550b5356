import type { Write } from '../platform/database/statement.js';
import type { Outbox } from '../platform/stream/outbox.js';
import type { NewDecision } from './decision.store.js';
import { escalationStore } from './escalations/escalation.store.js';
import { noticeStore, type SettledNotice } from './notices/notice.store.js';
import { reportStore, type Verdict } from './reports/report.store.js';
import type { WhatHangs } from './what-hangs.js';

/** Whoever takes a comment down agrees with those who reported it, whoever lets it stand does not. */
export function verdictOf({ toStatus }: Pick<NewDecision, 'toStatus'>): Verdict {
  return toStatus === 'published' ? 'disagreed' : 'agreed';
}

/**
 * What decisions make of the reports, notices and escalations on their comments: nothing is written where there are none, which is
 * nearly always. The fact `notice.decided` is for the mail to the notifier, which reads the notice again when the time
 * for undoing has passed.
 */
export function settlingCases(
  outbox: Outbox,
  decisions: readonly NewDecision[],
  { reported, notices, escalated }: Pick<WhatHangs, 'reported' | 'notices' | 'escalated'>,
  verdict: Verdict | undefined,
): readonly Write[] {
  const onReports = Map.groupBy(
    decisions.filter((decision) => reported.has(decision.commentId)),
    (decision) => verdict ?? verdictOf(decision),
  );
  const onNotices = decisions.flatMap((decision) =>
    (notices.get(decision.commentId) ?? []).map((id) => ({ id, decision, settled: settledBy(id, decision) })),
  );
  const onEscalations = decisions.flatMap(({ id: decisionId, commentId }) => {
    const id = escalated.get(commentId);
    return id === undefined ? [] : [{ id, decisionId }];
  });
  return [
    ...(onEscalations.length === 0 ? [] : [escalationStore.settling(onEscalations)]),
    ...[...onReports].map(([said, group]) => reportStore.settling(group, said)),
    ...(onNotices.length === 0
      ? []
      : [
          noticeStore.settling(onNotices.map(({ settled }) => settled)),
          outbox.appending(
            onNotices.map(({ id, decision, settled }) => ({
              siteId: decision.siteId,
              streamId: null,
              subjectId: id,
              topic: 'notice.decided',
              data: { commentId: decision.commentId, decisionId: decision.id, outcome: settled.state },
            })),
          ),
        ]),
  ];
}

/** What was undone is open again. */
export function reopeningCases(decisionIds: readonly string[]): readonly Write[] {
  return [
    reportStore.reopening(decisionIds),
    noticeStore.reopening(decisionIds),
    escalationStore.reopening(decisionIds),
  ];
}

function settledBy(id: string, { id: decisionId, toStatus }: NewDecision): SettledNotice {
  return { id, decisionId, state: toStatus === 'published' ? 'kept' : 'removed' };
}
