import type { Desk, Page } from '../desk.js';
import { ListPage } from '../list-page.js';
import { listCard } from './list-card.js';
import { openList } from './list-form.js';

/** The mailing lists that the box under articles offers, and who is on them, in numbers. */
export function listsPage(desk: Desk): Page {
  return new ListPage({
    title: 'Mailing lists',
    explanation:
      'An address is on a list when its owner has followed the link in a mail. Whoever takes a list is written down in the log.',
    none: 'There is no list.',
    add: { text: 'New list', open: (changed) => openList(desk, undefined, changed) },
    read: async (changed) => {
      const lists = await desk.api.outgoing.lists(desk.site.key);
      return lists.map((list) => listCard(desk, list, changed));
    },
  });
}
