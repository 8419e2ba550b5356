import type { QuoteView } from '../passages/passage.view.js';
import { escapeMarkup as e } from './escape.js';

/** The words of the article that a comment is about; `prompt` is what an editor asks there. */
export type QuotedPassage = QuoteView & { prompt?: string };

const SINCE: Record<QuoteView['state'], string> = {
  anchored: '',
  moved: '',
  fuzzy: 'The article changed since.',
  orphaned: 'The article changed since: these words are no longer in the article.',
};

/** As HTML. Where words changed, those that were marked stand beside those of now: the comment was about them. */
export function quotedPassage({ exact, state, original, prompt }: QuotedPassage): string {
  const asked = prompt === undefined ? '' : `<p class="prompt" dir="auto">${e(prompt)}</p>`;
  const marked = original === undefined ? '' : ` Marked was: <q dir="auto">${e(original)}</q>`;
  const since = SINCE[state] === '' ? '' : `<p class="note">${SINCE[state]}${marked}</p>`;
  return `${asked}<blockquote class="passage" dir="auto">${e(exact)}</blockquote>${since}`;
}
