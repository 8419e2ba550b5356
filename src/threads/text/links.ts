import type { Link } from '../../screening/index.js';
import { decodeEntities } from './excerpt.js';
import { hostOf } from './permitted-url.js';

const HREF = /<a href="([^"]*)"[^>]*>([^<]*)/g;

/** Where the first of a link's spellings stands in the text, at or after `from`; the longest of those that begin there. */
function findIn(body: string, spellings: string[], from: number): { start: number; end: number } | undefined {
  return spellings
    .map((spelling) => ({ start: body.indexOf(spelling, from), length: spelling.length }))
    .filter(({ start, length }) => start >= 0 && length > 0)
    .map(({ start, length }) => ({ start, end: start + length }))
    .sort((a, b) => a.start - b.start || b.end - a.end)[0];
}

/**
 * The links of a rendered comment, in order, with their place in its Markdown (UTF-16 offsets) where it can be told:
 * an address may be written encoded, without its scheme, or in Unicode.
 * @param html what renderMarkdown gave; its exact form makes a regular expression enough.
 */
export function linksOf(html: string, body: string): Link[] {
  let from = 0;
  return [...html.matchAll(HREF)].map(([, href = '', text = '']) => {
    const url = decodeEntities(href);
    const shown = decodeEntities(text).trim();
    // A label such as "here" may stand anywhere; only one that reads like an address tells the place.
    const spellings = [url, url.replace(/^(?:https?:\/\/|mailto:)/i, ''), /[.:]/.test(shown) ? shown : ''];
    const place = findIn(body, spellings, from);
    if (place !== undefined) from = place.end;
    return { url, host: hostOf(url) ?? '', ...place };
  });
}
