import type { ReaderDetail, SanctionKind } from '../shared/api-types.js';
import { h } from '../shared/dom.js';
import type { Desk } from './desk.js';
import { check, field, form, given, select, typed } from './form.js';

const KINDS: readonly (readonly [SanctionKind, string])[] = [
  ['warn', 'Warn: must be acknowledged before writing again'],
  ['premoderate', 'Premoderate: comments wait for a moderator'],
  ['suspend', 'Suspend: takes no part until a time'],
  ['ban', 'Ban: takes no part any more'],
];

const DAYS = [
  ['1', '1 day'],
  ['3', '3 days'],
  ['7', '1 week'],
  ['30', '30 days'],
  ['90', '90 days'],
] as const;

const ENDLESS = ['', 'Without an end'] as const;
const DAY_MS = 86_400_000;

/** Places a sanction, beginning with what the strikes propose. `alsoOn`: in whom staff sees the same person. */
export function sanctionForm(desk: Desk, reader: ReaderDetail, alsoOn: () => string[]): HTMLFormElement {
  const kinds = KINDS.filter(([name]) => mayPlace(desk, name));
  const mostDays = desk.may('reader.sanction-long') ? Infinity : desk.site.settings.moderatorSuspendDays;
  const kind = select(kinds, reader.proposal?.kind);
  const reason = select(desk.reasons.map(({ code, label }) => [code, label] as const));
  const days = select(DAYS, '7');
  const until = field('For how long', days);
  const explanation = h('textarea', { rows: 3, maxlength: 2_000, dir: 'auto' });
  const note = h('textarea', { rows: 2, maxlength: 2_000, dir: 'auto' });
  const rejectPublished = h('input', { type: 'checkbox' });
  const fit = () => {
    until.hidden = kind.value !== 'suspend' && kind.value !== 'premoderate';
    const [first] = days.options;
    if (kind.value === 'premoderate' && first?.value !== '') days.prepend(option(ENDLESS));
    if (kind.value !== 'premoderate' && first?.value === '') first.remove();
    for (const one of days.options) one.disabled = kind.value === 'suspend' && Number(one.value) > mostDays;
    if (days.selectedOptions[0]?.disabled) days.value = [...days.options].findLast((one) => !one.disabled)?.value ?? '';
  };
  const suggest = () => {
    explanation.placeholder = desk.reasons.find(({ code }) => code === reason.value)?.explanation ?? '';
  };
  kind.addEventListener('change', fit);
  reason.addEventListener('change', suggest);
  fit();
  suggest();
  const send = async () => {
    const end = until.hidden || days.value === '' ? undefined : new Date(Date.now() + Number(days.value) * DAY_MS);
    const also = alsoOn();
    await desk.api.sanction(reader.id, {
      kind: kind.value as SanctionKind,
      reason: reason.value,
      ...given({ until: end?.toISOString(), explanation: typed(explanation), note: typed(note) }),
      ...(rejectPublished.checked && { rejectPublished: true }),
      ...(also.length > 0 && { alsoReaders: also }),
    });
    desk.say(`Placed on ${reader.name}: ${kind.value}`);
    desk.openReader(reader.id);
  };
  return form(
    { label: 'A new sanction', submit: 'Place sanction', send },
    field('What', kind),
    until,
    field('Reason', reason),
    field('Explanation, for the reader', explanation),
    field('Note, for staff only', note),
    check('Reject all published comments too', rejectPublished),
  );
}

/** Bans and long suspensions are for the admins; the site says what is long. */
function mayPlace(desk: Desk, kind: SanctionKind): boolean {
  if (desk.may('reader.sanction-long')) return true;
  return kind !== 'ban' && (kind !== 'suspend' || desk.site.settings.moderatorSuspendDays > 0);
}

const option = ([value, text]: readonly [string, string]) => h('option', { value }, text);
