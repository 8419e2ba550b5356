import type { Desk, Page } from '../desk.js';
import { ListPage } from '../list-page.js';
import { endpointCard } from './endpoint-card.js';
import { openEndpoint } from './endpoint-form.js';

/** Where the site's own servers are told of what happens. */
export function webhooksPage(desk: Desk): Page {
  return new ListPage({
    title: 'Webhooks',
    explanation:
      'Your own servers are told of what happens here. What cannot be delivered is tried again for three days.',
    none: 'Nothing is sent anywhere.',
    add: { text: 'New webhook', open: (changed) => openEndpoint(desk, undefined, changed) },
    read: async (changed) => {
      const { items } = await desk.api.outgoing.endpoints(desk.site.key);
      return items.map((endpoint) => endpointCard(desk, endpoint, changed));
    },
  });
}
