import type { Link } from '../../screening/index.js';
import { plainTextOf } from './excerpt.js';
import { isBlank } from './invisible.js';
import { linksOf } from './links.js';
import { lengthOf, normaliseBody, type TextProblem } from './normalise-text.js';
import { renderMarkdown } from './render-markdown.js';

/** A comment's text, ready to be screened and stored. */
export interface ReadBody {
  body: string;
  html: string;
  links: Link[];
}

/** Raw text from a request, normalised, measured in code points against `maxLength`, rendered, its links listed. */
export function readBody(raw: string, maxLength: number): ReadBody | { problem: TextProblem } {
  const normalised = normaliseBody(raw);
  if ('problem' in normalised) return normalised;
  const { body } = normalised;
  const length = lengthOf(body);
  if (length > maxLength) {
    return { problem: { code: 'too-long', detail: `It has ${length} characters; at most ${maxLength} are taken.` } };
  }
  const html = renderMarkdown(body);
  // `>` or an empty fence alone is a text that renders to nothing.
  if (isBlank(plainTextOf(html))) return { problem: { code: 'empty', detail: 'Nothing in it can be seen.' } };
  return { body, html, links: linksOf(html, body) };
}
