import type { Permission } from '../../shared/api-types.js';
import { h } from '../../shared/dom.js';
import type { Desk, Page } from '../desk.js';
import { FailedMailsPage } from './failed-mails-page.js';
import { listsPage } from './lists-page.js';
import { webhooksPage } from './webhooks-page.js';

interface OutgoingPage {
  text: string;
  needs: Permission;
  open(desk: Desk): Page;
}

const PAGES: Readonly<Record<string, OutgoingPage>> = {
  lists: { text: 'Mailing lists', needs: 'mailing-list.manage', open: listsPage },
  mails: { text: 'Mails that failed', needs: 'mail.read', open: (desk) => new FailedMailsPage(desk) },
  webhooks: { text: 'Webhooks', needs: 'webhook.manage', open: webhooksPage },
};

const permitted = (desk: Desk) => Object.entries(PAGES).filter(([, { needs }]) => desk.may(needs));

export const mayOpenOutgoing = (desk: Desk): boolean => permitted(desk).length > 0;

/** `#/outgoing/webhooks`: one of those that the person may open, with the way to the others above it. */
export function outgoingPage(desk: Desk, rest: string): Page {
  const pages = permitted(desk);
  const [name, { open }] = pages.find(([key]) => key === rest) ?? pages[0]!;
  const page = open(desk);
  const links = pages.map(([key, { text }]) =>
    h('a', { href: `#/outgoing/${key}`, 'aria-current': key === name ? 'page' : undefined }, text),
  );
  page.element.prepend(h('nav', { class: 'sections', 'aria-label': 'Outgoing' }, ...links));
  return page;
}
