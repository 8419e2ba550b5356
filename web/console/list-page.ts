import { errorLines } from '../shared/api-client.js';
import { h, showErrors } from '../shared/dom.js';
import type { Page } from './desk.js';

interface Options {
  title: string;
  explanation: string;
  /** What stands there instead of a list without items. */
  none: string;
  /** What makes a new one, for those who may; `changed` shows the list anew. */
  add?: { text: string; open(changed: () => void): void } | false;
  /** The items as they are now. */
  read(changed: () => void): Promise<HTMLElement[]>;
}

/** A page that is one list of what a site has. */
export class ListPage implements Page {
  readonly commands = {};
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });
  private readonly list: HTMLElement;
  private readonly said = h('p', { class: 'empty', role: 'status' });
  private reading = 0;
  readonly element: HTMLElement;

  constructor(private readonly options: Options) {
    const { title, explanation, add } = options;
    this.list = h('ol', { class: 'items', 'aria-label': title });
    const open = () => add && add.open(this.changed);
    this.element = h(
      'main',
      {},
      h(
        'div',
        { class: 'page-top' },
        h('h2', {}, title),
        h('span', { class: 'grow' }),
        add && h('button', { type: 'button', class: 'primary', on: { click: open } }, add.text),
      ),
      h('p', { class: 'context' }, explanation),
      this.errors,
      this.said,
      this.list,
    );
  }

  async start(): Promise<void> {
    const turn = (this.reading += 1);
    showErrors(this.errors, []);
    if (this.list.children.length === 0) this.say('Reading…');
    try {
      const items = await this.options.read(this.changed);
      // What was asked for later knows more.
      if (turn !== this.reading) return;
      this.list.replaceChildren(...items);
      this.say(items.length === 0 ? this.options.none : '');
    } catch (error) {
      if (turn !== this.reading) return;
      this.say('');
      showErrors(this.errors, errorLines(error));
      this.errors.append(h('button', { type: 'button', class: 'quiet', on: { click: this.changed } }, 'Try again'));
    }
  }

  stop(): void {}

  private readonly changed = (): void => void this.start();

  private say(text: string): void {
    this.said.textContent = text;
    this.said.hidden = text === '';
  }
}
