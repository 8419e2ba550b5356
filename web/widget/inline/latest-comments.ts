import { errorLines } from '../../shared/api-client.js';
import type { Comment } from '../../shared/api-types.js';
import { h, setText } from '../../shared/dom.js';
import { timeAgo } from '../../shared/time.js';
import { avatar } from '../avatar.js';
import type { Context } from '../context.js';
import { excerpt, plainText } from './excerpt.js';

const LETTERS = 85;

/** The last three comments on a passage, each cut short. */
export class LatestComments {
  readonly element: HTMLElement;
  private readonly status = h('p', { class: 'hint' }, 'Loading…');
  private readonly list = h('ol', { class: 'latest', 'aria-label': 'The latest comments on this passage' });
  /** So many there were when they were asked for. */
  private count = -1;

  constructor(
    private readonly context: Context,
    private readonly passageId: string,
    private readonly left: () => void,
  ) {
    this.element = h('div', {}, this.status, this.list);
  }

  /** Reads them anew where their number is another one. */
  refresh(count: number): void {
    if (count === this.count) return;
    this.count = count;
    void this.read(count);
  }

  private async read(count: number): Promise<void> {
    try {
      const comments = await this.context.latestOn(this.passageId);
      if (count !== this.count) return;
      this.list.replaceChildren(...comments.map((comment) => this.item(comment)));
      this.status.hidden = comments.length > 0;
      setText(this.status, 'No comments yet.');
    } catch (error) {
      // The next event asks again.
      this.count = -1;
      this.status.hidden = false;
      setText(this.status, errorLines(error).join(' '));
    }
  }

  private item({ id, author, html, createdAt }: Comment): HTMLElement {
    const face = avatar();
    face.show(author);
    const link = h('a', { href: `#comment-${id}`, dir: 'auto' }, excerpt(plainText(html), LETTERS));
    link.addEventListener('click', (event) => {
      event.preventDefault();
      this.left();
      void this.context.openComment(id);
    });
    const when = h('time', { datetime: createdAt }, timeAgo(createdAt));
    return h('li', {}, face.element, h('p', { class: 'by' }, h('bdi', {}, author.name), ' · ', when), link);
  }
}
