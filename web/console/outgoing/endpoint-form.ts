import type { Endpoint, EventType } from '../../shared/api-types.js';
import { h } from '../../shared/dom.js';
import type { Desk } from '../desk.js';
import { check, field, form, openDialog } from '../form.js';
import { showSecret } from './secret-dialog.js';

export const EVENTS: Record<EventType, string> = {
  'comment.published': 'A comment became public',
  'comment.edited': 'A public comment has a new text',
  'comment.removed': 'A comment is public no more',
  'comment.held': 'A comment waits for a decision',
  'comment.reported': 'A reader reported a comment',
  'comment.noticed': 'A notice of illegal content came in',
  'passage.changed': 'A question was asked, or a passage placed',
  'thread.changed': 'A thread’s state, title or article changed',
  'appeal.opened': 'A reader appealed',
  'appeal.decided': 'An appeal was decided',
  'list.confirmed': 'An address joined a mailing list (hands over the address)',
  'list.withdrawn': 'An address left a mailing list (hands over the address)',
};

/** Asks where to send what. @param endpoint the one to change; without it a new one */
export function openEndpoint(desk: Desk, endpoint: Endpoint | undefined, changed: () => void): void {
  const url = h('input', { type: 'url', value: endpoint?.url ?? '', placeholder: 'https://…', maxlength: 2_000 });
  const description = h('input', { type: 'text', value: endpoint?.description ?? '', maxlength: 200 });
  const ordered = h('input', { type: 'checkbox', checked: endpoint?.ordered ?? false });
  const types = Object.entries(EVENTS).map(([value, text]) => {
    const input = h('input', { type: 'checkbox', value, checked: endpoint?.types.includes(value) ?? false });
    return { input, element: check(`${text} · ${value}`, input) };
  });
  openDialog(endpoint ? 'Change the webhook' : 'New webhook', (close) => {
    const send = async () => {
      const body = {
        url: url.value.trim(),
        description: description.value.trim(),
        ordered: ordered.checked,
        types: types.flatMap(({ input }) => (input.checked ? [input.value as EventType] : [])),
      };
      const { outgoing } = desk.api;
      if (endpoint) await outgoing.changeEndpoint(desk.site.key, endpoint.id, body);
      const added = endpoint ? undefined : await outgoing.addEndpoint(desk.site.key, body);
      close();
      changed();
      if (added) showSecret(added);
    };
    return form(
      { label: 'Webhook', submit: endpoint ? 'Save' : 'Add', cancel: close, send },
      field('Address', url),
      field('What it is for', description),
      h('fieldset', {}, h('legend', {}, 'It is told when'), ...types.map(({ element }) => element)),
      check('In the order of each thread: one that cannot be delivered holds up its thread', ordered),
    );
  });
}
