import { h, setText } from '../shared/dom.js';

/** So long nothing is typed before it is asked. */
const PAUSE_MS = 1_500;
const LEAST = 10;

/** Says before posting what rules would mind, to whom has stopped typing. It never stands in the way. */
export class Nudge {
  readonly element = h('p', { class: 'hint nudge', role: 'status' });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = '';

  /** @param hintsOn what there is to mend in a text; missing where nothing is to be asked, as of an edit */
  constructor(private readonly hintsOn: ((body: string) => Promise<string[]>) | undefined) {}

  typed(body: string): void {
    clearTimeout(this.timer);
    if (!this.hintsOn || body === this.asked) return;
    if (body.length < LEAST) return this.clear();
    this.timer = setTimeout(() => void this.ask(body), PAUSE_MS);
  }

  clear(): void {
    clearTimeout(this.timer);
    this.asked = '';
    setText(this.element, '');
  }

  private async ask(body: string): Promise<void> {
    this.asked = body;
    // Without an answer the text can be posted all the same.
    const hints = (await this.hintsOn?.(body).catch(() => [])) ?? [];
    if (this.asked === body) setText(this.element, hints.join(' '));
  }
}
