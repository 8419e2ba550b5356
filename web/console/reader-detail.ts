import type { ReaderDetail, Sanction } from '../shared/api-types.js';
import { h } from '../shared/dom.js';
import { fullTime } from '../shared/time.js';
import { inDays, recordText, section } from './comment-detail.js';
import type { Desk } from './desk.js';
import { check, field, form, given, select, typed } from './form.js';
import { jobProgress } from './job-progress.js';
import { sanctionForm } from './sanction-form.js';

const LIFT_REASONS = [
  ['mistake', 'It was a mistake'],
  ['leniency', 'Leniency'],
  ['replaced', 'Another takes its place'],
  ['other', 'Other'],
] as const;

type LiftReason = (typeof LIFT_REASONS)[number][0];

/** A reader's record, strikes and sanctions, what they propose, and who may be the same person. */
export async function readerDetail(desk: Desk, id: string): Promise<HTMLElement[]> {
  const reader = await desk.api.reader(id);
  const { strikes, proposal, hints, standing } = reader;
  const also = new Map(hints.map((hint) => [hint.readerId, h('input', { type: 'checkbox' })]));
  return [
    h('p', { class: 'reader-name' }, h('bdi', {}, reader.name), standingBadge(standing.state)),
    h(
      'p',
      { class: 'context' },
      `${reader.kind === 'sso' ? 'Signed in' : 'A guest'} since ${fullTime(reader.createdAt)}`,
    ),
    h('p', { class: 'context' }, `Comments: ${recordText(reader.record)}`),
    h(
      'p',
      { class: 'context' },
      `${inDays(strikes.total, 'strike', 'strikes', strikes.days)}: ${strikes.ofRejections} for `,
      `${strikes.rejections} rejected, ${strikes.ofSanctions} for sanctions`,
    ),
    ...(proposal
      ? [h('p', { class: 'proposal' }, `${strikes.total} strikes propose: ${proposal.kind}. You decide.`)]
      : []),
    ...section('Sanctions', reader.sanctions, (sanction) => sanctionLines(desk, id, sanction)),
    ...(hints.length === 0
      ? []
      : section('Perhaps the same person', hints, (hint) => hintLines(desk, hint, also.get(hint.readerId)!))),
    h('h3', {}, 'A new sanction'),
    sanctionForm(desk, reader, () => [...also].filter(([, box]) => box.checked).map(([readerId]) => readerId)),
  ];
}

const standingBadge = (state: string) =>
  h('span', { class: state === 'good' ? 'badge mine' : 'badge' }, state === 'good' ? 'in good standing' : state);

function sanctionLines(desk: Desk, readerId: string, sanction: Sanction): HTMLElement[] {
  const { kind, reason, until, at, by, inForce, lifted, explanation, note, acknowledgedAt, jobId } = sanction;
  const end = lifted ? 'lifted' : inForce ? 'in force' : 'over';
  const slot = h('div', {});
  const lift = h('button', { type: 'button', class: 'quiet' }, 'Lift');
  lift.addEventListener('click', () => slot.replaceChildren(liftForm(desk, readerId, sanction.id)));
  return [
    h('p', {}, h('b', {}, kind), `, ${reason}: ${end}`, until !== null && `, until ${fullTime(until)}`),
    h('p', { dir: 'auto' }, explanation),
    ...(note === null ? [] : [h('p', { class: 'when', dir: 'auto' }, `Note: ${note}`)]),
    h('p', { class: 'when' }, `${by.name}, ${fullTime(at)}`),
    ...(acknowledgedAt === null ? [] : [h('p', { class: 'when' }, `Acknowledged ${fullTime(acknowledgedAt)}`)]),
    ...(lifted
      ? [h('p', { class: 'when' }, `Lifted by ${lifted.by.name}: ${lifted.reason}, ${fullTime(lifted.at)}`)]
      : []),
    ...(jobId === null ? [] : [jobProgress(desk.api, jobId)]),
    ...(inForce ? [lift, slot] : []),
  ];
}

function liftForm(desk: Desk, readerId: string, sanctionId: string): HTMLFormElement {
  const reason = select(LIFT_REASONS);
  const note = h('input', { maxlength: 2_000, dir: 'auto' });
  const send = async () => {
    await desk.api.lift(sanctionId, { reason: reason.value as LiftReason, ...given({ note: typed(note) }) });
    desk.say('The sanction is lifted.');
    desk.openReader(readerId);
  };
  return form({ label: 'Lift the sanction', submit: 'Lift it', send }, field('Why', reason), field('Note', note));
}

function hintLines(desk: Desk, hint: ReaderDetail['hints'][number], box: HTMLInputElement): HTMLElement[] {
  const open = h('button', { type: 'button', class: 'link' }, h('bdi', {}, hint.name));
  open.addEventListener('click', () => desk.openReader(hint.readerId));
  const said = ` on ${hint.site}, the same ${hint.same.join(', ')}, ${hint.standing.state}`;
  return [h('p', {}, open, said), check('A new sanction is on this reader too', box)];
}
