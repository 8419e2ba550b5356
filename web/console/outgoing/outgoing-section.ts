import { h } from '../../shared/dom.js';
import type { Desk, Page } from '../desk.js';
import { FailedMailsPage } from './failed-mails-page.js';
import { ListsPage } from './lists-page.js';
import { WebhooksPage } from './webhooks-page.js';

const PAGES: Readonly<Record<string, { text: string; open(desk: Desk): Page }>> = {
  lists: { text: 'Mailing lists', open: (desk) => new ListsPage(desk) },
  mails: { text: 'Mails that failed', open: (desk) => new FailedMailsPage(desk) },
  webhooks: { text: 'Webhooks', open: (desk) => new WebhooksPage(desk) },
};

/** `#/outgoing/webhooks`: one of the three, with the way to the others above it. */
export function outgoingPage(desk: Desk, rest: string): Page {
  const name = rest in PAGES ? rest : 'lists';
  const page = PAGES[name]!.open(desk);
  const links = Object.entries(PAGES).map(([key, { text }]) =>
    h('a', { href: `#/outgoing/${key}`, 'aria-current': key === name ? 'page' : undefined }, text),
  );
  page.element.prepend(h('nav', { class: 'sections', 'aria-label': 'Outgoing' }, ...links));
  return page;
}
