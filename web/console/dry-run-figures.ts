import type { DryRun } from '../shared/api-types.js';
import { h } from '../shared/dom.js';

const STATES: Record<DryRun['state'], string> = {
  waiting: 'Waits to be begun…',
  running: 'Looks…',
  done: 'Done.',
  cancelled: 'Stopped; the figures are of what it had looked at.',
  failed: 'Given up after several attempts.',
};

/** What a rule would have done, against what people did. `open` shows a comment. */
export function dryRunFigures(run: DryRun, open: (commentId: string) => void): HTMLElement[] {
  const { total, done, state, precision, recall, examples, caveats } = run;
  const rows = [
    ['Looked at', run.lookedAt],
    ['Would have held', run.wouldHold],
    ['Would have rejected', run.wouldReject],
  ] as const;
  const head = ['', 'All', 'Published by people', 'Rejected by people', 'Not judged'];
  return [
    h('progress', { max: Math.max(1, total ?? 1), value: done, 'aria-label': 'Comments looked at' }),
    h(
      'p',
      { class: 'context' },
      `${STATES[state]} ${done.toLocaleString('en')} of ${total?.toLocaleString('en') ?? '?'}`,
    ),
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...head.map((text) => h('th', { scope: 'col' }, text)))),
      h(
        'tbody',
        {},
        ...rows.map(([text, count]) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, text),
            ...[count.total, count.published, count.rejected, count.undecided].map((value) =>
              h('td', {}, value.toLocaleString('en')),
            ),
          ),
        ),
      ),
    ),
    h(
      'p',
      {},
      `Right where people judged: ${percent(precision)}. Of what people rejected it finds: ${percent(recall)}.`,
    ),
    ...caveats.map((caveat) => h('p', { class: 'context' }, caveat)),
    ...(examples.length === 0 ? [] : [h('h3', {}, 'Examples'), exampleList(examples, open)]),
  ];
}

const percent = (share: number | null): string => (share === null ? 'unknown' : `${Math.round(share * 100)} %`);

function exampleList(examples: DryRun['examples'], open: (commentId: string) => void): HTMLElement {
  const lines = examples.map(({ commentId, action, explanation, evidence, human }) => {
    const words = evidence.flatMap(({ text }) => text ?? []).join(', ');
    const show = h('button', { type: 'button', class: 'link', on: { click: () => open(commentId) } }, 'Show');
    const judged = human === null ? 'nobody judged it' : `a person ${human} it`;
    return h(
      'li',
      {},
      h('p', {}, h('b', {}, `${action}s`), `, ${judged}: ${explanation} `, words && h('q', {}, words), ' ', show),
    );
  });
  return h('ol', { class: 'history' }, ...lines);
}
