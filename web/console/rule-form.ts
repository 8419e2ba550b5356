import type { Rule } from '../shared/api-types.js';
import { h } from '../shared/dom.js';
import type { Desk } from './desk.js';
import { field, form, given, openDialog, select, typed } from './form.js';
import { paramsForm } from './params-form.js';
import { KINDS } from './rule-fields.js';

export const MODES = [
  ['enforce', 'Enforced'],
  ['shadow', 'Shadow: only recorded'],
  ['off', 'Off'],
] as const;

const ACTIONS = [
  ['', 'As usual for its kind'],
  ['hold', 'Hold for a moderator'],
  ['reject', 'Reject'],
] as const;

type Mode = (typeof MODES)[number][0];

/** Writes a new rule, or changes `rule`. */
export function openRule(desk: Desk, rule: Rule | undefined, done: () => void): void {
  const id = h('input', { type: 'text', placeholder: 'made from its kind', maxlength: 64 });
  const kind = select(Object.entries(KINDS).map(([name, { text }]) => [name, `${name}: ${text}`] as const));
  // A new rule is first watched.
  const mode = select(MODES, rule?.mode ?? 'shadow');
  const action = select(ACTIONS, rule?.action ?? '');
  const secret = h('input', { type: 'password', autocomplete: 'off', placeholder: 'whsec_…' });
  const slot = h('div', {});
  let params = paramsForm(rule?.kind ?? kind.value, (rule?.params ?? {}) as Record<string, unknown>);
  const show = () => {
    const external = (rule?.kind ?? kind.value) === 'external';
    slot.replaceChildren(params.element, ...(external ? [field('Secret; empty: one is made, or kept', secret)] : []));
  };
  kind.addEventListener('change', () => {
    params = paramsForm(kind.value, {});
    show();
  });
  show();
  const save = async (close: () => void) => {
    const body = {
      site: desk.site.key,
      mode: mode.value as Mode,
      action: action.value === '' ? null : (action.value as 'hold' | 'reject'),
      params: params.read(),
      ...given({ secret: typed(secret) }),
    };
    const saved = rule
      ? await desk.api.changeRule(rule.id, { ...body, version: rule.version })
      : await desk.api.createRule({ ...body, kind: kind.value, ...given({ id: typed(id) }) });
    close();
    done();
    desk.say(`Saved: ${saved.id}, version ${saved.version}`);
    if (saved.secret !== undefined) showSecret(saved.secret);
  };
  openDialog(rule ? `Rule ${rule.id}` : 'A new rule', (close) =>
    form(
      { label: 'Rule', submit: 'Save', cancel: close, send: () => save(close) },
      ...(rule ? [] : [field('What it finds', kind), field('Name', id)]),
      field('Mode', mode),
      field('What happens then', action),
      slot,
    ),
  );
}

function showSecret(secret: string): void {
  openDialog('The secret of your service', (close) =>
    form(
      { label: 'Secret', submit: 'I have kept it', send: async () => close() },
      h('p', {}, 'It signs what is sent to your service. It is not shown again.'),
      h('code', { class: 'secret' }, secret),
    ),
  );
}
