import { errorLines } from '../shared/api-client.js';
import type { ModeratedComment, Thread } from '../shared/api-types.js';
import { h, showErrors } from '../shared/dom.js';
import type { Desk } from './desk.js';
import { field, select } from './form.js';

const STATES = [
  ['open', 'Open'],
  ['closed', 'Closed: no new comments'],
  ['frozen', 'Frozen: no comments, edits or votes'],
] as const;

/** Where a comment stands: its thread may be closed, and the comment be put at its head. */
export async function threadControls(desk: Desk, comment: ModeratedComment): Promise<HTMLElement[]> {
  const thread = await desk.api.thread(desk.site.key, comment.thread.key);
  const errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  const attempt = (act: () => Promise<unknown>, said: string, failed: () => void) => {
    showErrors(errors, []);
    act().then(
      () => desk.say(said),
      (error: unknown) => {
        failed();
        showErrors(errors, errorLines(error));
      },
    );
  };
  const state = select(STATES, thread.state);
  state.addEventListener('change', () => {
    const wanted = state.value as Thread['state'];
    const back = () => (state.value = thread.state);
    attempt(() => desk.api.setThreadState(thread.id, wanted), `The thread is ${wanted}.`, back);
  });
  const pinned = h('input', { type: 'checkbox', checked: comment.pinned });
  pinned.addEventListener('change', () => {
    const said = pinned.checked ? 'Pinned at the head of its thread.' : 'No longer pinned.';
    attempt(
      () => desk.api.pin(comment.id, pinned.checked),
      said,
      () => (pinned.checked = !pinned.checked),
    );
  });
  const pin = h('label', { class: 'toggle' }, pinned, 'Pinned at the head of the thread');
  return [
    h('h3', {}, 'Its thread'),
    h('a', { href: comment.thread.url, target: '_blank', rel: 'noopener' }, comment.thread.title),
    field('Thread', state),
    ...(comment.status === 'published' ? [pin] : []),
    errors,
  ];
}
