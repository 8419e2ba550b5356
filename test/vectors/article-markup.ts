import fc from 'fast-check';

const TAGS =
  'p div b i a ul li table tbody tr td th caption pre br hr blockquote h2 span section details summary xmp svg math script template button select option ruby rt figure dl dt dd form label font'.split(
    ' ',
  );
const EDGES = ['', ' hidden', ' data-postil-skip', ' hidden=until-found', ' id=x', '/'];
const WORDS = ['word', ' ', '\n', '\r\n', '\t', '\u00a0', '\u00ad', '\u200b', '\u2028', '\u3000', '\ud83d', '\ude8c'];
const OTHERS = [
  ...['🚌', 'é', 'e\u0301', 'قال', '夜', '\u0000', '\u0007', '\u202e', '--'],
  ...['&nbsp;', '&shy;', '&#10;', '&', '<', '>', '<!-- x -->'],
];

/** Pieces of an article's text, the strange ones too. */
export const articleWords = fc.constantFrom(...WORDS, ...OTHERS);

const tag = fc
  .tuple(fc.constantFrom('<', '</'), fc.constantFrom(...TAGS), fc.constantFrom(...EDGES))
  .map(([open, name, edge]) => `${open}${name}${edge}>`);

/** Markup of articles as badly broken as can be. */
export const articleMarkup = fc.array(fc.oneof(articleWords, tag), { maxLength: 60 }).map((parts) => parts.join(''));
