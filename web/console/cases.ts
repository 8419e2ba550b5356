import type { QueueItem } from '../shared/api-types.js';
import { h, plural } from '../shared/dom.js';

/** Why an item is here: what rules, readers and notices say of it. */
export function casesOf({
  escalated,
  reasons,
  reports,
  reportCount,
  reportReasons,
  notices,
}: QueueItem): HTMLLIElement[] {
  // A score of 0 says nothing of the text: where every comment waits, that need not be repeated on each.
  const telling = reasons.filter(({ score, rule }) => score > 0 && rule !== 'reports' && rule !== 'notices');
  return [
    ...(escalated
      ? [
          h(
            'li',
            { class: 'notice-line' },
            h('b', {}, `Left to the admins by ${escalated.by.name}`),
            escalated.note !== null && `: ${escalated.note}`,
          ),
        ]
      : []),
    ...telling.map(({ rule, explanation }) => h('li', {}, h('b', {}, rule), `: ${explanation}`)),
    ...notices.map(({ law, explanation, category }) =>
      h(
        'li',
        { class: 'notice-line' },
        h('b', {}, category === 'other' ? 'Notice' : 'Notice, sexual abuse of children'),
        ': ',
        h('b', { dir: 'auto' }, law),
        ' ',
        h('q', { dir: 'auto' }, explanation),
      ),
    ),
    ...(reportCount > 0
      ? [h('li', {}, h('b', {}, plural(reportCount, 'report', 'reports')), `: ${counted(reportReasons)}`)]
      : []),
    ...reports.flatMap(({ reason, text, by }) =>
      text === null
        ? []
        : [h('li', {}, h('b', {}, reason), ', says ', h('bdi', {}, by.name), ': ', h('q', { dir: 'auto' }, text))],
    ),
  ];
}

const counted = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([reason, count]) => `${count} ${reason}`)
    .join(', ');

/** The sum, and in its title what it is made of. */
export function priorityText({ priority, priorityParts }: QueueItem): { text: string; title: string } {
  const parts = Object.entries(priorityParts).map(([part, value]) => `${part} ${rounded(value)}`);
  return { text: `Priority ${rounded(priority)}`, title: parts.join(' + ') };
}

const rounded = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });
