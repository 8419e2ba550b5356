import type { Decision, DecisionAction, Reason } from '../shared/api-types.js';
import { h } from '../shared/dom.js';
import { field, form, given, openDialog, select, typed } from './form.js';

const ACTIONS: readonly (readonly [DecisionAction, string])[] = [
  ['reject', 'Reject'],
  ['approve', 'Approve'],
  ['spam', 'Mark as spam'],
  ['restore', 'Restore what was taken down'],
  ['escalate', 'Escalate to the admins'],
];

const VERDICTS = [
  ['', 'As decided: right if it is taken down'],
  ['agreed', 'The reports were right'],
  ['disagreed', 'The reports were wrong'],
  ['ignored', 'Neither: they do not count'],
] as const;

type Verdict = NonNullable<Decision['reportVerdict']>;

/** A decision with all that may be said of it. `reports`: whether readers await a verdict. */
export function openDecision(
  what: string,
  reasons: readonly Reason[],
  reports: boolean,
  decide: (decision: Decision) => void,
): void {
  const action = select(ACTIONS);
  const reason = select([['', 'None'], ...reasons.map(({ code, label }) => [code, label] as const)]);
  const explanation = h('textarea', { rows: 3, maxlength: 2_000, dir: 'auto' });
  const note = h('textarea', { rows: 2, maxlength: 2_000, dir: 'auto' });
  const verdict = select(VERDICTS);
  openDialog(`Decide on ${what}`, (close) =>
    form(
      {
        label: 'Decision',
        submit: 'Decide',
        cancel: close,
        send: async () => {
          close();
          const fields = { reason: typed(reason), explanation: typed(explanation), note: typed(note) };
          const reportVerdict = typed(verdict) as Verdict | undefined;
          decide({ action: action.value as DecisionAction, ...given({ ...fields, reportVerdict }) });
        },
      },
      field('Action', action),
      field('Reason', reason),
      field('Explanation, for the author', explanation),
      field('Note, for staff only', note),
      ...(reports ? [field('The readers who reported it', verdict)] : []),
    ),
  );
}
