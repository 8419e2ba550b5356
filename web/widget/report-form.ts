import { errorLines } from '../shared/api-client.js';
import type { Comment } from '../shared/api-types.js';
import { h, showErrors } from '../shared/dom.js';
import type { Context } from './context.js';
import { nameField } from './name-field.js';

const MAX_TEXT = 1_000;

interface Steps {
  /** To the notice of illegal content, which is another thing with other duties. */
  notice(): void;
  close(): void;
  sent(): void;
}

/** Asks why a comment is reported, and a guest for a name: a report counts once for each reader. */
export function reportForm(context: Context, comment: Comment, { notice, close, sent }: Steps): HTMLFormElement {
  const name = nameField();
  name.element.hidden = context.session !== undefined;
  const text = h('textarea', { rows: 2, dir: 'auto', maxlength: MAX_TEXT });
  const errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  const send = h('button', { type: 'submit', class: 'primary' }, 'Send report');
  let busy = false;

  const submit = async (event: Event) => {
    event.preventDefault();
    const reason = form.querySelector<HTMLInputElement>('input[type=radio]:checked')?.value;
    if (reason === undefined) return showErrors(errors, ['Choose a reason.']);
    if (busy) return;
    busy = true;
    try {
      if (!context.session) await context.signIn(name.input.value.trim());
      await context.report(comment, { reason, ...(text.value.trim() !== '' && { text: text.value.trim() }) });
      sent();
    } catch (error) {
      showErrors(errors, errorLines(error));
    } finally {
      busy = false;
    }
  };
  const form = h(
    'form',
    {
      class: 'composer said',
      novalidate: true,
      'aria-label': `Report the comment by ${comment.author.name}`,
      on: { submit: (event) => void submit(event) },
    },
    h('fieldset', {}, h('legend', {}, 'What is wrong with it?'), ...context.site.settings.reportReasons.map(choice)),
    h('label', { class: 'text-field' }, 'Anything to add? (for the moderators only)', text),
    h(
      'p',
      { class: 'hint' },
      'Does it break the law? ',
      h('button', { type: 'button', class: 'link', on: { click: notice } }, 'Send a notice of illegal content'),
      ' and get a receipt and an answer.',
    ),
    h(
      'div',
      { class: 'form-row' },
      name.element,
      h('span', { class: 'grow' }),
      h('button', { type: 'button', class: 'quiet', on: { click: close } }, 'Cancel'),
      send,
    ),
    errors,
  );
  return form;
}

const choice = ({ code, label }: Context['site']['settings']['reportReasons'][number]) =>
  h('label', { class: 'choice' }, h('input', { type: 'radio', name: 'reason', value: code }), label);
