import type { AppealDetail } from '../shared/api-types.js';
import { h } from '../shared/dom.js';
import { fullTime } from '../shared/time.js';
import { commentSections, decisionLines, recordText, section } from './comment-detail.js';
import type { Desk } from './desk.js';
import { markedText } from './evidence.js';
import { field, form, given, select, typed } from './form.js';

const OUTCOMES = [
  ['', 'Choose'],
  ['overturned', 'Overturn: the decision was wrong'],
  ['upheld', 'Uphold: the decision stands'],
] as const;

type Outcome = 'overturned' | 'upheld';

/** All that there is to judge an appeal by, and the form to do so. */
export async function appealDetail(desk: Desk, id: string, decided: () => void): Promise<HTMLElement[]> {
  const appeal = await desk.api.appeal(id);
  const { reader, text, at, original, decision, sanction, comment, record } = appeal;
  return [
    h('p', { class: 'context' }, h('bdi', {}, reader.name), `, ${fullTime(at)}: ${appeal.state}`),
    h('blockquote', { class: 'passage appeal-text', dir: 'auto' }, text ?? 'The text was erased.'),
    ...(decision ? section('What is appealed', [decision], decisionLines) : []),
    ...(sanction
      ? section('What is appealed', [sanction], ({ kind, reason, until, explanation, by, at: since }) => [
          h('p', {}, h('b', {}, kind), `, ${reason}`, until !== null && `, until ${fullTime(until)}`),
          h('p', { dir: 'auto' }, explanation),
          h('p', { class: 'when' }, `${by.name}, ${fullTime(since)}`),
        ])
      : []),
    ...(original
      ? [
          h('h3', {}, `The text that was judged, revision ${original.revision}`),
          h('div', { class: 'body', dir: 'auto' }, ...markedText(original.body, original.screening)),
        ]
      : []),
    outcomeOf(desk, appeal, decided),
    ...(comment ? commentSections(comment) : []),
    h('h3', {}, 'The reader'),
    h('p', { class: 'context' }, `Comments: ${recordText(record.record)}. Standing: ${record.standing.state}.`),
    ...section('Sanctions', record.sanctions, ({ kind, reason, inForce, at: since }) => [
      h('p', {}, h('b', {}, kind), `, ${reason}${inForce ? ', in force' : ''}, ${fullTime(since)}`),
    ]),
  ];
}

function outcomeOf(desk: Desk, appeal: AppealDetail, decided: () => void): HTMLElement {
  const { mayDecide, whyNot, state, explanation, decidedBy, bySameStaff } = appeal;
  if (mayDecide) return outcomeForm(desk, appeal, decided);
  if (whyNot === 'own-decision') {
    return h('p', { class: 'notice' }, 'You took this decision. Another person of the site decides on the appeal.');
  }
  const by = decidedBy ? ` by ${decidedBy.name}${bySameStaff ? ', who took the decision too' : ''}` : '';
  return h('p', { class: 'notice' }, `${state}${by}${explanation === null ? '.' : `: ${explanation}`}`);
}

function outcomeForm(desk: Desk, { id, reader, against }: AppealDetail, decided: () => void): HTMLElement {
  const outcome = select(OUTCOMES);
  outcome.required = true;
  const explanation = h('textarea', { rows: 3, maxlength: 2_000, required: true, dir: 'auto' });
  const note = h('textarea', { rows: 2, maxlength: 2_000, dir: 'auto' });
  const send = async () => {
    await desk.api.decideAppeal(id, {
      outcome: outcome.value as Outcome,
      explanation: explanation.value.trim(),
      ...given({ note: typed(note) }),
    });
    desk.say(`${outcome.value === 'upheld' ? 'Upheld' : 'Overturned'}: the appeal of ${reader.name}`);
    desk.panel.close();
    decided();
  };
  const own = against?.id === desk.staff.id;
  return form(
    { label: 'Outcome of the appeal', submit: 'Decide on the appeal', send },
    ...(own
      ? [h('p', { class: 'notice' }, 'You took this decision; as nobody else is there, you may. It will be said.')]
      : []),
    field('Outcome', outcome),
    field('Explanation, for the reader', explanation),
    field('Note, for staff only', note),
  );
}
