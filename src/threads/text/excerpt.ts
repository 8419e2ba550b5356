const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/** Tags whose end parts words; the others stand inside of them. */
const BREAKING_TAG = /<(?:br \/|\/?(?:p|li|ul|ol|blockquote|pre)(?: [^>]*)?)>/g;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Undoes the escapes that the sanitiser writes, and no others. */
export function decodeEntities(html: string): string {
  return html.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** The text of a rendered comment on one line. */
export function plainTextOf(html: string): string {
  return decodeEntities(html.replace(BREAKING_TAG, ' ').replace(/<[^>]*>/g, ''))
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The beginning of a rendered comment as plain text, for titles and feeds: at most `length` characters as a reader
 * counts them, ended at a word and by an ellipsis where something is left out. Not html: escape it again.
 */
export function excerptOf(html: string, length = 120): string {
  const text = plainTextOf(html);
  if (text.length <= length) return text;
  let end = 0; // of the part that leaves room for the ellipsis
  let count = 0;
  for (const { index } of graphemes.segment(text)) {
    if (count === length - 1) end = index;
    if (++count > length) break;
  }
  if (count <= length) return text;
  const cut = text.slice(0, end);
  const space = text.charAt(end) === ' ' ? end : cut.lastIndexOf(' ');
  // A language without spaces, or one endless word: cut in it rather than lose most of the line.
  return `${cut.slice(0, space >= end / 2 ? space : end).trimEnd()}…`;
}
