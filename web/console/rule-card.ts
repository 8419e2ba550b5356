import { errorLines } from '../shared/api-client.js';
import type { Rule } from '../shared/api-types.js';
import { h, showErrors } from '../shared/dom.js';
import { fullTime } from '../shared/time.js';
import type { Desk } from './desk.js';
import { openDryRun } from './dry-run-dialog.js';
import { form, openDialog, select } from './form.js';
import { KINDS } from './rule-fields.js';
import { MODES, openRule } from './rule-form.js';

/** One rule: what it does, and what can be done with it. */
export function ruleCard(desk: Desk, rule: Rule, changed: () => void): HTMLLIElement {
  const errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  const mode = select(MODES, rule.mode);
  mode.setAttribute('aria-label', `Mode of ${rule.id}`);
  mode.addEventListener('change', () => {
    const change = { site: desk.site.key, version: rule.version, mode: mode.value as Rule['mode'] };
    desk.api.changeRule(rule.id, change).then(
      () => {
        desk.say(`${rule.id}: ${mode.selectedOptions[0]?.text ?? ''}`);
        changed();
      },
      (error: unknown) => {
        mode.value = rule.mode;
        showErrors(errors, errorLines(error));
      },
    );
  });
  const mayChange = desk.may('rule.change');
  mode.disabled = !mayChange;
  const button = (text: string, click: () => void) =>
    h('button', { type: 'button', class: 'quiet', 'aria-label': `${text}: ${rule.id}`, on: { click } }, text);
  return h(
    'li',
    { class: `item rule is-${rule.mode}` },
    h(
      'article',
      { 'aria-label': `Rule ${rule.id}` },
      h('header', {}, h('span', { class: 'name' }, rule.id), h('span', { class: 'when' }, kindText(rule)), mode),
      h('p', { class: 'context' }, summaryOf(rule)),
      h('p', { class: 'context' }, changeText(rule)),
      h(
        'div',
        { class: 'actions' },
        mayChange && button('Edit', () => openRule(desk, rule, changed)),
        rule.kind !== 'external' &&
          desk.may('rule.dry-run') &&
          button('Try on past comments', () => openDryRun(desk, rule)),
        button('History', () => void desk.panel.open(`Rule ${rule.id}`, () => history(desk, rule))),
        mayChange && button('Remove', () => askToRemove(desk, rule, changed)),
      ),
      errors,
    ),
  );
}

const kindText = ({ kind, action }: Rule) => `${KINDS[kind]?.text ?? kind}: ${action}s`;

const changeText = ({ version, changedAt, changedBy }: Rule) =>
  changedBy && changedAt ? `Version ${version}, ${changedBy.name}, ${fullTime(changedAt)}` : 'As Postil brought it';

/** The params in a line; of a list so many values. */
function summaryOf({ params }: Rule): string {
  const parts = Object.entries(params as Record<string, unknown>).map(([name, value]) => {
    if (!Array.isArray(value)) return `${name} ${String(value)}`;
    const first = value.slice(0, 4).join(', ');
    return value.length === 0 ? '' : `${name} (${value.length}): ${first}${value.length > 4 ? ', …' : ''}`;
  });
  return parts.filter((part) => part !== '').join(' · ');
}

async function history(desk: Desk, rule: Rule): Promise<HTMLElement[]> {
  const { items } = await desk.api.ruleVersions(rule.id, desk.site.key);
  const lines = items.map((version) =>
    h(
      'li',
      {},
      h('p', {}, h('b', {}, version.removed ? 'Removed' : `${version.mode}, ${version.action}`)),
      h('p', { class: 'context' }, summaryOf(version)),
      h('p', { class: 'when' }, changeText(version)),
    ),
  );
  return [items.length === 0 ? h('p', {}, 'It was never changed.') : h('ol', { class: 'history' }, ...lines)];
}

function askToRemove(desk: Desk, rule: Rule, changed: () => void): void {
  openDialog(`Remove ${rule.id}?`, (close) => {
    const send = async () => {
      await desk.api.removeRule(rule.id, desk.site.key, rule.version);
      close();
      changed();
      desk.say(`Removed: ${rule.id}`);
    };
    const text = h('p', {}, 'New comments are no longer judged by it. Its history stays.');
    return form({ label: 'Remove', submit: 'Remove', cancel: close, send }, text);
  });
}
