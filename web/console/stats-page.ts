import { errorLines } from '../shared/api-client.js';
import type { Stats } from '../shared/api-types.js';
import { h, showErrors } from '../shared/dom.js';
import type { Desk, Page } from './desk.js';
import { field } from './form.js';
import { QUEUES, span } from './queue-view.js';
import { bar, percent, table } from './table.js';

const DAY_MS = 86_400_000;

/** Figures of the site: its queues, people and rules in a period. */
export class StatsPage implements Page {
  readonly commands = {};
  readonly element: HTMLElement;
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private readonly figures = h('div', { class: 'figures' });
  private readonly from = h('input', { type: 'date', value: day(Date.now() - 6 * DAY_MS) });
  private readonly to = h('input', { type: 'date', value: day(Date.now()) });

  constructor(private readonly desk: Desk) {
    for (const input of [this.from, this.to]) input.addEventListener('change', () => void this.start());
    const period = h('div', { class: 'filters' }, field('From (UTC)', this.from), field('To', this.to));
    this.element = h(
      'main',
      {},
      h('div', { class: 'page-top' }, h('h2', {}, 'Statistics'), h('span', { class: 'grow' }), period),
      this.errors,
      this.figures,
    );
  }

  async start(): Promise<void> {
    showErrors(this.errors, []);
    try {
      const stats = await this.desk.api.stats(this.desk.site.key, this.from.value, this.to.value);
      this.figures.replaceChildren(queues(stats), rules(stats), moderators(stats), reports(stats), appeals(stats));
    } catch (error) {
      showErrors(this.errors, errorLines(error));
    }
  }

  stop(): void {}
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

function queues({ queues: all }: Stats): HTMLElement {
  const largest = Math.max(...all.flatMap(({ entered, left, decided }) => [entered, left, decided]));
  const columns = ['Queue', 'Entered', 'Left', 'Decided', 'Half within', '9 of 10 within', 'Open', 'Oldest'];
  return table(
    'Queues',
    columns,
    all.map(({ queue, entered, left, decided, secondsToDecision, open, oldestAgeSeconds }) => [
      QUEUES[queue],
      ...[entered, left, decided].map((value) => bar(value, largest)),
      ...waits(secondsToDecision),
      open.toLocaleString('en'),
      oldestAgeSeconds === null ? '–' : span(oldestAgeSeconds),
    ]),
  );
}

const waits = (wait: { p50: number; p90: number } | null): string[] =>
  wait ? [span(wait.p50), span(wait.p90)] : ['–', '–'];

/** A rule stops comments, or in shadow would: both are told, and how often people agreed. */
function rules({ rules: all }: Stats): HTMLElement {
  const rows = all.flatMap(({ rule, held, rejected, wouldHold, wouldReject }) =>
    (
      [
        ['held', held],
        ['rejected', rejected],
        ['would have held', wouldHold],
        ['would have rejected', wouldReject],
      ] as const
    )
      .filter(([, { total }]) => total > 0)
      .map(([did, outcome]) => ({ rule, did, ...outcome })),
  );
  const largest = Math.max(...rows.map(({ total }) => total));
  return table(
    'Rules',
    ['Rule', 'What it did', 'Comments', 'Published by people', 'Rejected by people', 'People agreed'],
    rows.map(({ rule, did, total, published, rejected, precision }) => [
      rule,
      did,
      bar(total, largest),
      published.toLocaleString('en'),
      rejected.toLocaleString('en'),
      percent(precision),
    ]),
  );
}

function moderators({ moderators: all }: Stats): HTMLElement {
  const actions = [...new Set(all.flatMap(({ decisions }) => Object.keys(decisions)))];
  const largest = Math.max(...all.flatMap(({ decisions }) => Object.values(decisions)));
  return table(
    'Moderators',
    ['Who', ...actions, 'Taken back', 'Half within', '9 of 10 within', 'Overturned on appeal'],
    all.map(({ staff, decisions, undone, secondsToDecision, appealed }) => [
      staff.name,
      ...actions.map((action) => bar(decisions[action] ?? 0, largest)),
      undone.toLocaleString('en'),
      ...waits(secondsToDecision),
      `${appealed.overturned} of ${appealed.overturned + appealed.upheld}`,
    ]),
  );
}

function reports({ reports: verdicts }: Stats): HTMLElement {
  const largest = Math.max(...Object.values(verdicts));
  const rows = [
    ['Right: taken down', bar(verdicts.agreed, largest)],
    ['Wrong: it stands', bar(verdicts.disagreed, largest)],
    ['Neither', bar(verdicts.ignored, largest)],
  ];
  return table('Reports of readers that were settled', ['Verdict', 'Reports'], rows);
}

function appeals({ appeals: { upheld, overturned, moot, ofRules } }: Stats): HTMLElement {
  const largest = Math.max(upheld, overturned, moot);
  const rows = [
    ['Overturned', bar(overturned, largest), ofRules.overturned.toLocaleString('en')],
    ['Upheld', bar(upheld, largest), ofRules.upheld.toLocaleString('en')],
    ['Ended without an outcome', bar(moot, largest), '–'],
  ];
  return table('Appeals', ['Outcome', 'Appeals', 'Against rules'], rows);
}
