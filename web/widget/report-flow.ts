import type { Comment } from '../shared/api-types.js';
import { h } from '../shared/dom.js';
import type { Context } from './context.js';
import { noticeForm } from './notice-form.js';
import { reportForm } from './report-form.js';

/** From "Report" to the thanks, or to the receipt of a notice: what stands in a comment's slot meanwhile. */
export function reportFlow(context: Context, comment: Comment, slot: HTMLElement, close: () => void): void {
  const show = (step: HTMLElement) => {
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && close();
    step.addEventListener('keydown', leave);
    slot.replaceChildren(step);
    step.querySelector<HTMLElement>('[data-first], input, textarea')?.focus();
  };
  const said = (...lines: (string | HTMLElement)[]) => {
    const done = h('button', { type: 'button', class: 'quiet', on: { click: close } }, 'Close');
    const text = h('div', { tabindex: -1, 'data-first': true }, ...lines);
    show(h('div', { class: 'said', role: 'group', 'aria-label': 'Sent' }, text, done));
  };
  const notice = () =>
    show(
      noticeForm(context, comment, close, (receipt) =>
        said(
          h('p', {}, h('strong', {}, 'Your notice has arrived.'), ' A person will decide on it.'),
          h('p', {}, 'Keep this receipt. It proves your notice, and whoever has it can ask what came of it:'),
          h('code', { class: 'receipt' }, receipt),
        ),
      ),
    );
  const thanks = () => said(h('p', {}, h('strong', {}, 'Thank you.'), ' The moderators of this site will see it.'));
  show(reportForm(context, comment, { notice, close, sent: thanks }));
}
