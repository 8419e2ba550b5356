import { errorLines } from '../shared/api-client.js';
import { h, showErrors } from '../shared/dom.js';
import type { Desk, Page } from './desk.js';
import { ruleCard } from './rule-card.js';
import { openRule } from './rule-form.js';

/** What screens new comments: the rules of the site. */
export class RulesPage implements Page {
  readonly commands = {};
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private readonly list = h('ol', { class: 'items', 'aria-label': 'Rules' });
  private readonly none = h('p', { class: 'empty', hidden: true }, 'This site has no rules of its own.');
  readonly element: HTMLElement;

  constructor(private readonly desk: Desk) {
    const add = h('button', { type: 'button', class: 'primary' }, 'New rule');
    add.addEventListener('click', () => openRule(desk, undefined, () => void this.start()));
    this.element = h(
      'main',
      {},
      h('div', { class: 'page-top' }, h('h2', {}, 'Rules'), h('span', { class: 'grow' }), add),
      h(
        'p',
        { class: 'context' },
        'They look at each comment when it is posted and when it is edited. A rule in shadow only records what it would do.',
      ),
      this.errors,
      this.none,
      this.list,
    );
  }

  async start(): Promise<void> {
    showErrors(this.errors, []);
    try {
      const { items } = await this.desk.api.rules(this.desk.site.key);
      this.list.replaceChildren(...items.map((rule) => ruleCard(this.desk, rule, () => void this.start())));
      this.none.hidden = items.length > 0;
    } catch (error) {
      showErrors(this.errors, errorLines(error));
    }
  }

  stop(): void {}
}
