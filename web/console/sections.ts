import type { QueueName } from '../shared/api-types.js';
import type { Desk, Page } from './desk.js';
import { outgoingPage } from './outgoing/outgoing-section.js';
import { QueuePage } from './queue-page.js';
import { QUEUES } from './queue-view.js';
import { RulesPage } from './rules-page.js';
import { SearchPage } from './search-page.js';
import { StatsPage } from './stats-page.js';

interface Section {
  text: string;
  /** `rest`: what follows the section's name in the address. */
  open(desk: Desk, rest: string): Page;
}

/** The pages of the console, in the order of the bar. */
export const SECTIONS: Readonly<Record<string, Section>> = {
  queues: {
    text: 'Queues',
    open: (desk, rest) => {
      const queue = rest in QUEUES ? (rest as QueueName) : 'pending';
      // Without a visit to the address: the page is here already.
      return new QueuePage(desk, queue, (name) => history.replaceState(null, '', `#/queues/${name}`));
    },
  },
  search: { text: 'Search', open: (desk) => new SearchPage(desk) },
  rules: { text: 'Rules', open: (desk) => new RulesPage(desk) },
  stats: { text: 'Statistics', open: (desk) => new StatsPage(desk) },
  outgoing: { text: 'Outgoing', open: outgoingPage },
};

/** `#/queues/reported`: the section, and what it shows. What is unknown leads to the queues. */
export function pageAt(hash: string, desk: Desk): { section: string; page: Page } {
  const [, name = '', rest = ''] = hash.split('/');
  const section = name in SECTIONS ? name : 'queues';
  return { section, page: SECTIONS[section]!.open(desk, decodeURIComponent(rest)) };
}
