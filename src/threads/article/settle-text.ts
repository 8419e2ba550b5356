/** Soft hyphens, zero-width spaces, word joiners and invisible operators, BOM: places to break a line, or nothing at all. */
const UNSEEN = /[\u00ad\u200b\u2060-\u2064\ufeff]/g;

/** Embeddings, overrides and isolates: a quote cut out of one would turn the text that follows it. */
const BIDI_SCOPES = /[\u202a-\u202e\u2066-\u2069]/g;

/** C0 and C1, but those that are white space. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]/g;

/** Unicode White_Space but the line feed; no-break spaces as well, which editors set by chance. */
const SPACES = /[\t\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/**
 * The last step of every text: nothing that is not seen, single spaces, no empty line, no space at the end or beginning
 * of a line, no half of a surrogate pair. A line feed is a line break. Applied twice it gives the same.
 */
export function settleText(raw: string): string {
  return raw
    .toWellFormed()
    .replace(UNSEEN, '')
    .replace(BIDI_SCOPES, '')
    .replace(CONTROLS, '')
    .replace(SPACES, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .replace(/^[ \n]+|[ \n]$/g, '');
}
