import { list, record, text, type Json } from './json.js';
import { escaped, lineStarts, markdownOfHtml } from './markdown-of-html.js';

/** Purposes of bodies that say something about the words without being a text to read. */
const NO_TEXT: ReadonlySet<unknown> = new Set([
  'tagging',
  'classifying',
  'identifying',
  'linking',
  'bookmarking',
  'highlighting',
]);

/** What an annotation says, as Markdown: its textual bodies, by their formats. Empty where it says nothing. */
export function textOfBodies(annotation: Json): string {
  const bodyValue = text(annotation.bodyValue);
  const bodies = bodyValue === undefined ? list(annotation.body) : [{ value: bodyValue }];
  return bodies
    .map(record)
    .filter((body) => text(body.value) !== undefined && !list(body.purpose).some((purpose) => NO_TEXT.has(purpose)))
    .map((body) => markdownOf(text(body.value) ?? '', text(list(body.format)[0])))
    .filter((markdown) => markdown.trim() !== '')
    .join('\n\n');
}

/** A body without a format is plain text: the model's default. */
function markdownOf(value: string, format = 'text/plain'): string {
  const type = format.split(';')[0]?.trim().toLowerCase();
  if (type === 'text/html' || type === 'application/xhtml+xml') return markdownOfHtml(value);
  if (type === 'text/markdown' || type === 'text/x-markdown') return value;
  return lineStarts(escaped(value.replace(/^[ \t]+/gm, '')));
}
