import { h, setText } from '../shared/dom.js';

/** One line of what was done, with the way back for as long as there is one. */
export class Toast {
  private readonly text = h('span', { role: 'status' });
  private readonly button: HTMLButtonElement;
  readonly element: HTMLElement;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(undo: () => void) {
    this.button = h('button', { type: 'button', hidden: true, on: { click: undo } }, 'Undo', h('kbd', {}, 'u'));
    this.element = h('div', { class: 'toast' }, this.text, this.button);
  }

  /** @param undoable for so many seconds it can be taken back */
  say(text: string, undoable = 0): void {
    setText(this.text, text);
    this.button.hidden = undoable === 0;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(''), Math.max(undoable, 8) * 1_000);
  }
}
