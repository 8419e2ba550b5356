import type { QueueName } from '../shared/api-types.js';
import type { Desk, Page } from './desk.js';
import { mayOpenOutgoing, outgoingPage } from './outgoing/outgoing-section.js';
import { QueuePage } from './queue-page.js';
import { QUEUES } from './queue-view.js';
import { rulesPage } from './rules-page.js';
import { SearchPage } from './search-page.js';
import { StatsPage } from './stats-page.js';

interface Section {
  text: string;
  /** Whether it has something for the person; without it everybody sees it. */
  for?(desk: Desk): boolean;
  /** `rest`: what follows the section's name in the address. */
  open(desk: Desk, rest: string): Page;
}

/** The pages of the console, in the order of the bar. */
const SECTIONS = {
  queues: {
    text: 'Queues',
    open: (desk: Desk, rest: string) => {
      const queue = rest in QUEUES ? (rest as QueueName) : 'pending';
      // Without a visit to the address: the page is here already.
      return new QueuePage(desk, queue, (name) => history.replaceState(null, '', `#/queues/${name}`));
    },
  },
  search: { text: 'Search', open: (desk) => new SearchPage(desk) },
  rules: { text: 'Rules', open: rulesPage },
  stats: { text: 'Statistics', open: (desk) => new StatsPage(desk) },
  outgoing: { text: 'Outgoing', for: mayOpenOutgoing, open: outgoingPage },
} satisfies Record<string, Section>;

/** Those that have something for the person, by their names in the address. */
export function sectionsOf(desk: Desk): [name: string, section: Section][] {
  return Object.entries<Section>(SECTIONS).filter(([, section]) => section.for?.(desk) ?? true);
}

/** `#/queues/reported`: the section, and what it shows. What is unknown, or not for this person, leads to the queues. */
export function pageAt(hash: string, desk: Desk): { section: string; page: Page } {
  const [, name = '', rest = ''] = hash.split('/');
  const [section, { open }] = sectionsOf(desk).find(([key]) => key === name) ?? ['queues', SECTIONS.queues];
  return { section, page: open(desk, decodeURIComponent(rest)) };
}
