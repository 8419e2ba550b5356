import type { Desk, Page } from './desk.js';
import { ListPage } from './list-page.js';
import { ruleCard } from './rule-card.js';
import { openRule } from './rule-form.js';

/** What screens new comments: the rules of the site. */
export function rulesPage(desk: Desk): Page {
  return new ListPage({
    title: 'Rules',
    explanation:
      'They look at each comment when it is posted and when it is edited. A rule in shadow only records what it would do.',
    none: 'This site has no rules of its own.',
    add: desk.may('rule.change') && { text: 'New rule', open: (changed) => openRule(desk, undefined, changed) },
    read: async (changed) => {
      const { items } = await desk.api.rules(desk.site.key);
      return items.map((rule) => ruleCard(desk, rule, changed));
    },
  });
}
