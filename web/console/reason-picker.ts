import type { Reason } from '../shared/api-types.js';
import { h } from '../shared/dom.js';

/** Asks why. Number keys pick, Enter takes none (its button has the focus), Escape goes back. */
export function reasonPicker(reasons: readonly Reason[], picked: (reason?: string) => void, cancel: () => void) {
  const numbered = reasons.slice(0, 9);
  const none = h('button', { type: 'button', on: { click: () => picked() } }, 'No reason', h('kbd', {}, '↵'));
  const choices = numbered.map(({ code, label, explanation }, index) =>
    h(
      'button',
      { type: 'button', title: explanation, on: { click: () => picked(code) } },
      label,
      h('kbd', {}, String(index + 1)),
    ),
  );
  const element = h(
    'div',
    { class: 'picker', role: 'group', 'aria-label': 'Reason for rejecting' },
    ...choices,
    none,
    h('button', { type: 'button', class: 'quiet', on: { click: cancel } }, 'Cancel', h('kbd', {}, 'Esc')),
  );
  element.addEventListener('keydown', (event) => {
    // While a reason is asked for, letters must not decide anything else.
    event.stopPropagation();
    const reason = numbered[Number(event.key) - 1];
    if (event.key === 'Escape') cancel();
    else if (reason) picked(reason.code);
  });
  return { element, focus: () => none.focus() };
}
