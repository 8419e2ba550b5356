import type { ModeratedDetail } from '../shared/api-types.js';
import { h, plural } from '../shared/dom.js';
import { fullTime } from '../shared/time.js';
import type { Desk } from './desk.js';
import { passageSection } from './passage-section.js';
import { threadControls } from './thread-controls.js';

/** What a comment was, what was said against it, and what was done to it. */
export async function commentDetail(desk: Desk, id: string): Promise<HTMLElement[]> {
  const detail = await desk.api.detail(id);
  const { comment, author } = detail;
  const reader = h('button', { type: 'button', class: 'link' }, h('bdi', {}, comment.author.name));
  reader.addEventListener('click', () => desk.openReader(author.id));
  const standing = author.standing.state === 'good' ? '' : ` The author is ${author.standing.state}.`;
  return [
    h('p', { class: 'context' }, reader, `, ${fullTime(comment.createdAt)}, now ${comment.status}`),
    h('p', { class: 'context' }, `Comments of this author: ${recordText(author.record)}.${standing}`),
    ...(await threadControls(desk, comment)),
    ...commentSections(detail),
  ];
}

/** Its passage, texts, and what was said and decided about it. */
export function commentSections(detail: ModeratedDetail): HTMLElement[] {
  const { passage, revisions } = detail;
  return [
    ...(passage ? passageSection(passage) : []),
    ...section('Revisions', revisions, ({ revision, body, createdAt }) => [
      h('p', { class: 'when' }, `Revision ${revision}, ${fullTime(createdAt)}`),
      h('div', { class: 'body', dir: 'auto' }, body),
    ]),
    ...(detail.screening.length === 0 ? [] : section('What rules say', detail.screening, findingLine)),
    ...(detail.reports.length === 0 ? [] : section('Reports', detail.reports, reportLines)),
    ...(detail.notices.length === 0 ? [] : section('Notices of illegal content', detail.notices, noticeLines)),
    ...section('Decisions', detail.decisions, decisionLines),
  ];
}

export const recordText = (record: Record<string, number>): string =>
  Object.entries(record)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ') || 'none';

export function section<Entry>(
  title: string,
  entries: readonly Entry[],
  lines: (entry: Entry) => HTMLElement[],
): HTMLElement[] {
  const content =
    entries.length === 0
      ? h('p', {}, 'None yet.')
      : h('ol', { class: 'history' }, ...entries.map((entry) => h('li', {}, ...lines(entry))));
  return [h('h3', {}, title), content];
}

const findingLine = ({ rule, explanation, action }: ModeratedDetail['screening'][number]) => [
  h('p', {}, h('b', {}, rule), `: ${explanation} (${action})`),
];

const reportLines = ({ reason, text, by, state, weight, createdAt, revision }: ModeratedDetail['reports'][number]) => [
  h('p', {}, h('b', {}, reason), ' by ', h('bdi', {}, by.name), `: ${state}`),
  ...(text === null ? [] : [h('q', { dir: 'auto' }, text)]),
  h('p', { class: 'when' }, `Revision ${revision}, ${fullTime(createdAt)}, weighs ${weight.toFixed(2)}`),
];

const noticeLines = ({ law, explanation, state, contact, receivedAt }: ModeratedDetail['notices'][number]) => [
  h('p', {}, h('b', { dir: 'auto' }, law), `: ${state}`),
  h('q', { dir: 'auto' }, explanation),
  h('p', { class: 'when' }, `${fullTime(receivedAt)}${contact ? `, ${contact.name}, ${contact.email}` : ''}`),
];

export const decisionLines = (decision: ModeratedDetail['decisions'][number]) => {
  const { action, to, reason, by, at, explanation, note, revision } = decision;
  return [
    h('p', {}, h('b', {}, action), ` → ${to}`, reason !== null && `, ${reason}`),
    ...(explanation === null ? [] : [h('p', { dir: 'auto' }, `To the author: ${explanation}`)]),
    ...(note === null ? [] : [h('p', { dir: 'auto' }, `Note: ${note}`)]),
    h('p', { class: 'when' }, `${by ? by.name : 'By rule'}, ${fullTime(at)}, revision ${revision}`),
  ];
};

/** "3 strikes in 90 days". */
export const inDays = (count: number, one: string, many: string, days: number): string =>
  `${plural(count, one, many)} in ${plural(days, 'day', 'days')}`;
