import { errorLines } from '../shared/api-client.js';
import type { ModeratedDetail } from '../shared/api-types.js';
import { h } from '../shared/dom.js';
import { fullTime } from '../shared/time.js';
import { passageSection } from './passage-section.js';

/** The side panel: what a comment was, and what was done to it. */
export class DetailPanel {
  readonly element = h('aside', { class: 'panel', 'aria-label': 'Details', hidden: true });
  private opener: HTMLElement | null = null;
  private wanted = '';

  constructor(private readonly read: (commentId: string) => Promise<ModeratedDetail>) {
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
    });
  }

  async open(commentId: string): Promise<void> {
    this.opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.wanted = commentId;
    this.show(h('p', {}, 'Loading…'));
    let content: HTMLElement[];
    try {
      content = sections(await this.read(commentId));
    } catch (error) {
      content = [h('div', { class: 'errors', role: 'alert' }, ...errorLines(error).map((line) => h('p', {}, line)))];
    }
    // Another may have been opened meanwhile.
    if (this.wanted === commentId && !this.element.hidden) this.show(...content);
  }

  close(): void {
    this.element.hidden = true;
    this.opener?.focus();
  }

  private show(...content: HTMLElement[]): void {
    const heading = h('h2', { tabindex: -1 }, 'Details');
    const close = h('button', { type: 'button', class: 'quiet', on: { click: () => this.close() } }, 'Close');
    this.element.replaceChildren(h('div', { class: 'panel-top' }, heading, close), ...content);
    this.element.hidden = false;
    heading.focus();
  }
}

function sections({ comment, passage, revisions, decisions, author }: ModeratedDetail): HTMLElement[] {
  return [
    h(
      'p',
      { class: 'context' },
      h('bdi', {}, comment.author.name),
      `, ${fullTime(comment.createdAt)}, now ${comment.status}`,
    ),
    h('p', { class: 'context' }, `Comments of this author: ${recordText(author.record)}`),
    ...(passage ? passageSection(passage) : []),
    h('h3', {}, 'Revisions'),
    h(
      'ol',
      { class: 'history' },
      ...revisions.map(({ revision, body, createdAt }) =>
        h(
          'li',
          {},
          h('p', { class: 'when' }, `Revision ${revision}, ${fullTime(createdAt)}`),
          h('div', { class: 'body', dir: 'auto' }, body),
        ),
      ),
    ),
    h('h3', {}, 'Decisions'),
    decisions.length === 0
      ? h('p', {}, 'None yet.')
      : h(
          'ol',
          { class: 'history' },
          ...decisions.map(({ action, to, reason, by, at }) =>
            h(
              'li',
              {},
              h('p', {}, h('b', {}, action), ` → ${to}`, reason !== null && `, ${reason}`),
              h('p', { class: 'when' }, `${by ? by.name : 'By rule'}, ${fullTime(at)}`),
            ),
          ),
        ),
  ];
}

const recordText = (record: Record<string, number>): string =>
  Object.entries(record)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');
