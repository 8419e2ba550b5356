import { errorLines } from '../shared/api-client.js';
import type { MyReport, Statement } from '../shared/api-types.js';
import { h, showErrors } from '../shared/dom.js';
import { fullTime } from '../shared/time.js';
import { appealForm } from './appeal-form.js';
import type { Context } from './context.js';

const REPORTS: Record<MyReport['state'], string> = {
  open: 'Nobody has decided yet.',
  agreed: 'You were right: the comment was taken down.',
  disagreed: 'The moderators let the comment stand.',
  ignored: 'It had been judged before, or is gone.',
};

const APPEALS: Record<NonNullable<Statement['appeal']>['state'], string> = {
  open: 'Your appeal is being looked at by another person.',
  upheld: 'Your appeal was not granted.',
  overturned: 'Your appeal was granted.',
  moot: 'What you appealed does not stand any more.',
};

/** What was decided about my comments and me, with reasons and the way to appeal; and what came of my reports. */
export class MyDecisions {
  readonly element: HTMLDetailsElement;
  private readonly content = h('div', {});
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });

  constructor(private readonly context: Context) {
    this.element = h('details', { class: 'decisions', hidden: true });
    this.element.append(h('summary', {}, 'Decisions on my comments and reports'), this.errors, this.content);
    this.element.addEventListener('toggle', () => this.element.open && void this.read());
  }

  sync(): void {
    this.element.hidden = this.context.session === undefined;
    if (this.element.hidden) this.element.open = false;
  }

  /** Opens it at what was decided about a comment. */
  async show(commentId: string): Promise<void> {
    this.element.open = true;
    await this.read();
    const statement = this.content.querySelector<HTMLElement>(`[data-comment="${commentId}"]`) ?? this.element;
    statement.focus();
    statement.scrollIntoView({ block: 'center' });
  }

  private async read(): Promise<void> {
    showErrors(this.errors, []);
    try {
      const [{ items, nextCursor }, reports] = await Promise.all([
        this.context.myStatements(),
        this.context.myReports(),
      ]);
      const lines = [...items.map((one) => this.statement(one)), ...reports.map(report)];
      const list = h('ol', { class: 'passage-list' }, ...lines);
      this.content.replaceChildren(
        lines.length > 0 ? list : h('p', { class: 'hint' }, 'There are none.'),
        ...(nextCursor === null ? [] : [this.older(list, items.length, nextCursor)]),
      );
    } catch (error) {
      showErrors(this.errors, errorLines(error));
    }
  }

  /** The next page, before the reports, of which only the newest are told. */
  private older(list: HTMLElement, at: number, cursor: string): HTMLElement {
    const button = h('button', { type: 'button', class: 'link' }, 'Older decisions');
    const load = async () => {
      const { items, nextCursor } = await this.context.myStatements(cursor);
      const lines = items.map((one) => this.statement(one));
      const next = list.children[at] ?? null;
      for (const line of lines) list.insertBefore(line, next);
      lines[0]?.focus();
      if (nextCursor === null) button.remove();
      else button.replaceWith(this.older(list, at + items.length, nextCursor));
    };
    button.addEventListener('click', () => {
      load().catch((error: unknown) => showErrors(this.errors, errorLines(error)));
    });
    return button;
  }

  private statement(statement: Statement): HTMLLIElement {
    const { id, at, comment, words, language, reason, facts, appeal, appealableUntil } = statement;
    const slot = h('div', {});
    const open = () => {
      const close = () => {
        slot.replaceChildren();
        button.focus();
      };
      const send = async (text: string) => {
        await this.context.appeal(id, text);
        await this.read();
        this.context.announce('Your appeal has arrived. Another person decides on it.');
      };
      slot.replaceChildren(appealForm(send, close));
    };
    const button = h('button', { type: 'button', class: 'link', on: { click: open } }, 'Appeal');
    const said = [...facts.findings.map(({ explanation }) => explanation), facts.explanation ?? ''];
    const stated = [words.facts, words.automation, words.ground, words.redress];
    return h(
      'li',
      { tabindex: -1, 'data-comment': comment?.id },
      h('p', { class: 'hint' }, fullTime(at)),
      h('p', { lang: language }, h('strong', {}, words.what), ' ', words.state),
      comment?.body ? h('blockquote', { class: 'quote words', dir: 'auto' }, comment.body) : undefined,
      h('p', { dir: 'auto' }, h('b', {}, reason.label), `: ${[reason.explanation, ...said].filter(Boolean).join(' ')}`),
      h('p', { lang: language, class: 'hint' }, stated.join(' ')),
      appeal ? h('p', {}, h('strong', {}, APPEALS[appeal.state]), ` ${appeal.explanation ?? ''}`) : undefined,
      !appeal && appealableUntil !== null ? h('p', {}, button, ` until ${fullTime(appealableUntil)}`) : undefined,
      slot,
    );
  }
}

const report = ({ createdAt, text, state, settledAt }: MyReport) =>
  h(
    'li',
    {},
    h('p', { class: 'hint' }, fullTime(settledAt ?? createdAt)),
    h('p', {}, h('strong', {}, 'You reported a comment.'), ` ${REPORTS[state]}`),
    text === null ? undefined : h('blockquote', { class: 'quote words', dir: 'auto' }, text),
  );
