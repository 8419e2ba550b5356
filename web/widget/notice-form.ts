import { errorLines } from '../shared/api-client.js';
import type { Comment } from '../shared/api-types.js';
import { h, showErrors } from '../shared/dom.js';
import type { Context } from './context.js';

/**
 * The notice of illegal content that Art. 16 of the EU's Digital Services Act asks for: which law, why, in good faith,
 * from whom. Of the sexual abuse of children nobody need give a name.
 */
export function noticeForm(
  context: Context,
  { id: commentId, author }: Comment,
  close: () => void,
  sent: (receipt: string) => void,
): HTMLFormElement {
  const law = h('input', { type: 'text', maxlength: 500, dir: 'auto' });
  const explanation = h('textarea', { rows: 3, maxlength: 5_000, dir: 'auto' });
  const children = h('input', { type: 'checkbox' });
  const name = h('input', { type: 'text', autocomplete: 'name', maxlength: 1_000, dir: 'auto' });
  const email = h('input', { type: 'email', autocomplete: 'email' });
  const goodFaith = h('input', { type: 'checkbox' });
  const errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  const contact = h('div', { class: 'pair' }, field('Your name', name), field('Your e-mail address', email));
  children.addEventListener('change', () => (contact.hidden = children.checked));
  let busy = false;

  const submit = async (event: Event) => {
    event.preventDefault();
    if (!goodFaith.checked) return showErrors(errors, ['Confirm that what you say is accurate and complete.']);
    if (busy) return;
    busy = true;
    try {
      const { receipt } = await context.notice({
        commentId,
        law: law.value.trim(),
        explanation: explanation.value.trim(),
        goodFaith: true,
        category: children.checked ? 'child-sexual-abuse' : 'other',
        ...(!children.checked && { contact: { name: name.value.trim(), email: email.value.trim() } }),
      });
      sent(receipt);
    } catch (error) {
      showErrors(errors, errorLines(error));
    } finally {
      busy = false;
    }
  };
  return h(
    'form',
    {
      class: 'composer said',
      novalidate: true,
      'aria-label': `Notice of illegal content: the comment by ${author.name}`,
      on: { submit: (event) => void submit(event) },
    },
    field('Which law does it break?', law),
    field('Why is it illegal?', explanation),
    h('label', { class: 'choice' }, children, 'It is about the sexual abuse of children (no name needed)'),
    contact,
    h(
      'label',
      { class: 'choice' },
      goodFaith,
      'I believe in good faith that what I say here is accurate and complete.',
    ),
    h(
      'div',
      { class: 'form-row' },
      h('span', { class: 'grow' }),
      h('button', { type: 'button', class: 'quiet', on: { click: close } }, 'Cancel'),
      h('button', { type: 'submit', class: 'primary' }, 'Send notice'),
    ),
    errors,
  );
}

const field = (label: string, input: HTMLElement) => h('label', { class: 'text-field' }, label, input);
