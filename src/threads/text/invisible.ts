/**
 * What to do with characters that are not seen. Honest text carries a few of them (a Persian word, an emoji family),
 * pastes bring more, and hostile text uses them to hide words from rules or to turn the reading order of a page.
 *
 * Refused, because no keyboard or clipboard makes them from honest text: lone surrogates, noncharacters.
 * Stripped, because their author mostly does not know of them: everything else below that has no work to do where it stands.
 */

/** Lone surrogates (with the u flag a pair is one character) and noncharacters, which are never for interchange. */
const NOT_TEXT = /[\p{Surrogate}\p{Noncharacter_Code_Point}]/u;

/** Vertical tab, form feed, NEL, line and paragraph separators end a line, as CR does. */
const LINE_END = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/** C0 and C1 but \t and \n: pastes from terminals and PDF files. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Embeddings, overrides and isolates: one of them, unclosed, turns the text that follows it on the page. */
const BIDI_CONTROL = /[\u202a-\u202e\u2066-\u2069]/g;

/** Letter marks (LRM, RLM, ALM) have no scope; one of them beside something visible does its work. */
const IDLE_MARK = /(?<=[\u061c\u200e\u200f])[\u061c\u200e\u200f]|(?<!\S)[\u061c\u200e\u200f](?!\S)/g;

/** Soft hyphens, grapheme and word joiners, invisible operators, deprecated controls, interlinear marks, fillers, BOM: only ever hide. */
const HIDDEN =
  /[\u034f\u17b4\u17b5\u00ad\u115f\u1160\u180e\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}]/gu;

// Below: what works where it stands is captured and put back, all else of its kind is stripped.

/** Zero-width space: a place to break a line, in scripts that write no spaces. */
const UNSPACED = '[\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}\\p{scx=Java}\\p{scx=Bali}]';
const BREAKS = new RegExp(`((?<=${UNSPACED})\\u200b(?=${UNSPACED}))|\\u200b`, 'gu');

/** Scripts whose letters do not change shape with their neighbours; marks that belong to all scripts. */
const UNJOINED =
  '[\\p{scx=Latn}\\p{scx=Grek}\\p{scx=Cyrl}\\p{scx=Armn}\\p{scx=Geor}\\p{scx=Hebr}\\p{scx=Hani}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Zyyy}\\p{scx=Zinh}]';
/** A joiner works after a letter or mark of a script that joins; ZWJ also between the parts of one emoji. */
const JOINERS = new RegExp(
  `((?<=(?!${UNJOINED})[\\p{L}\\p{M}])[\\u200c\\u200d]|(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic}))|[\\u200c\\u200d]`,
  'gu',
);

/** A selector works once, after a symbol, digit or uncased letter (the large block: after Han). Runs of them carry hidden bytes. */
const SELECTORS =
  /((?<=[^\s\p{Cf}\p{M}\p{L}]|\p{Lo})[\ufe00-\ufe0f]|(?<=\p{sc=Han})[\u{e0100}-\u{e01ef}])|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** Tag characters spell the flags of regions after a black flag, and nothing else (UTS 51, emoji tag sequence). */
const TAGS = /(\u{1f3f4}[\u{e0020}-\u{e007e}]{1,16}\u{e007f})|[\u{e0000}-\u{e007f}]/gu;

/** Pointed Hebrew needs 5 marks on a letter, Vietnamese 2, Thai 3. Joiners and marks between them do not begin a new count. */
const MAX_MARKS = 5;
const MARKS = new RegExp(`([\\p{M}\\u061c\\u200c-\\u200f]{${MAX_MARKS}})[\\p{M}\\u061c\\u200c-\\u200f]+`, 'gu');

/** What counts as nothing when a text is asked to be more than nothing. U+2800 is an empty Braille cell. */
const BLANK = /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}\p{M}\u2800]*$/u;

/** Text within which nothing above can occur. */
const ASCII = /^[\n\t\x20-\x7e]*$/;

/** Whether a reader would see nothing of it. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/** Whether the string holds what no honest client sends. */
export function isMalformed(text: string): boolean {
  return NOT_TEXT.test(text);
}

function stripOnce(text: string): string {
  return text
    .replace(CONTROL, '')
    .replace(BIDI_CONTROL, '')
    .replace(HIDDEN, '')
    .replace(TAGS, '$1')
    .replace(BREAKS, '$1')
    .replace(JOINERS, '$1')
    .replace(SELECTORS, '$1')
    .replace(IDLE_MARK, '')
    .normalize('NFC')
    .replace(MARKS, '$1');
}

/**
 * NFC, line ends as \n, and no character that is idle, hostile or one mark too many.
 * Taking one away can idle its neighbour, so it is repeated until nothing changes;
 * undefined when that takes more than 8 rounds: text made to do so.
 */
export function stripInvisible(raw: string): string | undefined {
  if (ASCII.test(raw)) return raw;
  let text = raw.replace(LINE_END, '\n');
  for (let round = 0; round < 8; round++) {
    const stripped = stripOnce(text);
    if (stripped === text) return text;
    text = stripped;
  }
  return undefined;
}
