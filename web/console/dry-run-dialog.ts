import type { DryRun, Rule } from '../shared/api-types.js';
import { h } from '../shared/dom.js';
import type { Desk } from './desk.js';
import { dryRunFigures } from './dry-run-figures.js';
import { field, form, openDialog, select } from './form.js';

const PAUSE_MS = 700;

const LAST = [
  ['1000', 'The last 1,000 comments'],
  ['10000', 'The last 10,000 comments'],
  ['100000', 'The last 100,000 comments'],
  ['d7', 'The last 7 days'],
  ['d30', 'The last 30 days'],
  ['d90', 'The last 90 days'],
] as const;

/** Tries a rule on past comments: nothing is changed by it. */
export function openDryRun(desk: Desk, rule: Rule): void {
  const last = select(LAST, '10000');
  const slot = h('div', { role: 'status' });
  const { id, kind, action, params } = rule;
  const start = async () => {
    const number = Number(last.value.replace('d', ''));
    const run = await desk.api.startDryRun({
      site: desk.site.key,
      rule: { id, kind, action, params },
      last: last.value.startsWith('d') ? { days: number } : { comments: number },
    });
    void follow(desk, run, slot);
  };
  openDialog(`Try ${id} on past comments`, (close) =>
    h(
      'div',
      { class: 'form' },
      form({ label: 'Dry-run', submit: 'Try', cancel: close, send: start }, field('On', last)),
      slot,
    ),
  );
}

/** Until it is over, or nobody looks any more; then it is cancelled. */
async function follow(desk: Desk, first: DryRun, slot: HTMLElement): Promise<void> {
  let run = first;
  const cancel = h('button', { type: 'button', class: 'quiet' }, 'Stop');
  cancel.addEventListener('click', () => void desk.api.cancelDryRun(run.id).catch(() => undefined));
  for (;;) {
    const open = (id: string) => {
      slot.closest('dialog')?.close();
      desk.openComment(id);
    };
    slot.replaceChildren(...dryRunFigures(run, open), ...(isOver(run) ? [] : [cancel]));
    if (isOver(run)) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (!slot.isConnected) return void desk.api.cancelDryRun(run.id).catch(() => undefined);
    run = await desk.api.dryRun(run.id).catch(() => run);
  }
}

const isOver = ({ state }: DryRun): boolean => state !== 'waiting' && state !== 'running';
