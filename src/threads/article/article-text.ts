import { createHash } from 'node:crypto';
import { invalidField } from '../../platform/errors.js';
import { textOfHtml, textOfPlain } from './extract-text.js';

/** UTF-16 code units of an article's text: some 50,000 words. Comparing two such texts stays below a second. */
export const MAX_TEXT_UNITS = 300_000;

/** A text of an article, as passages are anchored in it. */
export interface ArticleText {
  text: string;
  /** SHA-256 of its UTF-8, in hex. */
  hash: string;
  source: 'text' | 'html';
}

/** What staff sent, as text; undefined where they sent none. @throws validation */
export function articleTextOf({ text, html }: { text?: string; html?: string }): ArticleText | undefined {
  if (text !== undefined && html !== undefined) {
    throw invalidField('/html', 'The article is given as text or as html, not as both.');
  }
  if (html !== undefined) return checked(textOfHtml(html), 'html');
  return text === undefined ? undefined : checked(textOfPlain(text), 'text');
}

function checked(text: string, source: ArticleText['source']): ArticleText {
  // An empty article would orphan every passage: far likelier a slip of the sender than the truth.
  if (text === '') throw invalidField(`/${source}`, 'There is no text in it.');
  if (text.length > MAX_TEXT_UNITS) {
    throw invalidField(`/${source}`, `An article has at most ${MAX_TEXT_UNITS} UTF-16 code units of text.`);
  }
  return { text, hash: createHash('sha256').update(text).digest('hex'), source };
}
