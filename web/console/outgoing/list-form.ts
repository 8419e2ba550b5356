import type { StaffMailingList } from '../../shared/api-types.js';
import { h } from '../../shared/dom.js';
import type { Desk } from '../desk.js';
import { check, field, form, openDialog } from '../form.js';

/** Asks for a list's words. @param list the one to change; without it a new one */
export function openList(desk: Desk, list: StaffMailingList | undefined, changed: () => void): void {
  const key = h('input', { type: 'text', maxlength: 255, value: list?.key ?? '', disabled: list !== undefined });
  const name = h('input', { type: 'text', maxlength: 200, value: list?.name ?? '' });
  const description = h('textarea', { rows: 2, maxlength: 1_000 });
  description.value = list?.description ?? '';
  const text = h('textarea', { rows: 4, maxlength: 5_000 });
  text.value = list?.text ?? '';
  const isDefault = h('input', { type: 'checkbox', checked: list?.default ?? false, disabled: list?.default ?? false });
  const closed = h('input', { type: 'checkbox', checked: list?.closed ?? false });
  openDialog(list ? `Change ${list.name}` : 'New mailing list', (close) => {
    const send = async () => {
      await desk.api.outgoing.saveList(desk.site.key, key.value.trim(), {
        name: name.value.trim(),
        description: description.value.trim(),
        text: text.value.trim(),
        closed: closed.checked,
        ...(isDefault.checked && { default: true }),
      });
      close();
      changed();
    };
    return form(
      { label: 'Mailing list', submit: 'Save', cancel: close, send },
      field('Key, as pages name it', key),
      field('Name', name),
      field('What is promised', description),
      field('What is consented to; a new text is a new version', text),
      check('The one that is meant where none is named', isDefault),
      check('Takes nobody new', closed),
    );
  });
}
