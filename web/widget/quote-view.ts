import type { Quote } from '../shared/api-types.js';
import { h, setAttribute, setText } from '../shared/dom.js';
import { excerpt } from './inline/excerpt.js';

const GONE = 'The article has changed since; this passage is no longer in it.';

interface Shown {
  /** What the editors ask there. */
  prompt?: string | undefined;
  /** Where the words are on this page: goes there. */
  jump?: (() => void) | undefined;
}

/** The words that a comment is about, and what became of them. */
export class QuoteView {
  readonly element = h('div', { class: 'quote', hidden: true });
  private readonly prompt = h('p', { class: 'prompt', dir: 'auto' });
  private readonly words = h('span', { dir: 'auto' });
  private readonly plain = h('blockquote', {}, this.words);
  private readonly button = h('button', { type: 'button', class: 'words' });
  private readonly note = h('p', { class: 'note' });
  private jump: (() => void) | undefined;

  constructor() {
    this.button.addEventListener('click', () => this.jump?.());
    this.element.append(this.prompt, this.plain, this.button, this.note);
  }

  update(quote: Quote | undefined, { prompt, jump }: Shown = {}): void {
    this.element.hidden = quote === undefined;
    if (!quote) return;
    const text = shownWords(quote);
    this.jump = jump;
    this.prompt.hidden = prompt === undefined;
    setText(this.prompt, prompt ?? '');
    setText(this.words, `“${text}”`);
    const place = jump ? this.button : this.plain;
    if (this.words.parentElement !== place) place.append(this.words);
    this.button.hidden = jump === undefined;
    this.plain.hidden = jump !== undefined;
    setAttribute(this.button, 'aria-label', `Go to the words in the article: ${excerpt(text, 120)}`);
    const note = noteOn(quote);
    this.note.hidden = note === '';
    setText(this.note, note);
    this.element.dataset['state'] = quote.state;
    this.element.classList.toggle('asked', prompt !== undefined);
  }
}

/** Of what is no longer in the article, the words that were marked. */
export const shownWords = ({ exact, state, original }: Quote): string =>
  state === 'orphaned' ? (original ?? exact) : exact;

/** Empty where there is nothing to be said of the words. */
export function noteOn({ state, original }: Quote): string {
  if (state === 'orphaned') return GONE;
  if (state !== 'fuzzy') return '';
  const was = original === undefined ? '' : ` It read “${excerpt(original, 300)}” when it was marked.`;
  return `The article has changed since.${was}`;
}
