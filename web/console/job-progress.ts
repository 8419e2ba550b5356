import type { Job } from '../shared/api-types.js';
import { h, plural, setText } from '../shared/dom.js';
import type { StaffApi } from './staff-api.js';

const PAUSE_MS = 1_000;

/** How far the rejecting of a reader's comments is, for as long as it is on the page and not done. */
export function jobProgress(api: StaffApi, id: string): HTMLElement {
  const bar = h('progress', { max: 1, value: 0, 'aria-label': 'Comments rejected' });
  const text = h('span', {}, 'Rejecting…');
  const element = h('p', { class: 'job' }, bar, text);
  const follow = async () => {
    const job = await api.job(id).catch(() => undefined);
    if (job) {
      bar.max = Math.max(1, job.total);
      bar.value = job.state === 'done' ? bar.max : job.done + job.skipped;
      setText(text, jobText(job));
    }
    const over = job?.state === 'done' || job?.state === 'stopped';
    bar.hidden = over;
    if (!over) setTimeout(() => element.isConnected && void follow(), PAUSE_MS);
  };
  void follow();
  return element;
}

function jobText({ state, total, done, skipped }: Job): string {
  const left = skipped > 0 ? `, ${skipped} left to others` : '';
  if (state === 'done') return `${plural(done, 'comment', 'comments')} rejected${left}.`;
  if (state === 'stopped') return `Stopped after ${done} of ${total}${left}.`;
  return `${done} of ${total} rejected${left}…`;
}
