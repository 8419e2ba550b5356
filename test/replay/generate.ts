import { toCsv } from './csv.js';
import { Random } from './random.js';

/** The columns of the real sets. */
export const COLUMNS = ['COMMENT_ID', 'AUTHOR', 'DATE', 'CONTENT', 'CLASS'] as const;

const SUBJECTS = [
  'The bridge',
  'This article',
  'My street',
  'The council',
  'Bus 14',
  'The old mill',
  "Everyone's rent",
];
const VERBS = ['needs', 'never got', 'deserves', 'was promised', 'could do with', 'has waited years for'];
const OBJECTS = ['a second look', 'better light', '"consultation"', 'repairs, and soon', 'one honest answer', 'paint'];
const ASIDES = [
  'I walk there daily, rain or shine.',
  'Says who?',
  'Thank you for writing this ❤️',
  '@reader 3 I agree, mostly',
  'See *page two* of the report, not the summary.',
  'Same in our town 🚧🚲',
  'שלום, גם אצלנו זה ככה.',
  'نفس الشيء في حيّنا.',
  'Así es en todas partes, ¿no?',
  'First line\nsecond line\n\nand a paragraph.',
  'a &lt; b &amp;&amp; b &gt; c',
  'It&#39;s late<br />good night',
  '> quoted by mistake',
];
const LURES = ['Cheap shoes', 'Earn 900 a day', 'Meet singles', 'My new channel', 'Free coins', 'WATCH THIS'];
const CALLS = [
  'at http://shop.example.com/offer?id=',
  '<a href="http://win.example.net/">click</a> code ',
  '!!! subscribe, like, share ',
  'www.example.org/promo/',
];

/** A file like the real ones, of a text that nobody wrote: commas, quotes, line breaks, emoji, right-to-left. */
export function generateCsv(count: number, seed: number): string {
  const random = new Random(seed);
  const start = Date.UTC(2026, 0, 5);
  const rows = Array.from({ length: count }, (_, index) => {
    const spam = random.chance(0.4);
    const author = `reader ${1 + random.below(Math.ceil(count * 0.8))}`;
    const date = new Date(start + index * 97_000).toISOString().slice(0, 19);
    const end = random.chance(0.3) ? '\ufeff' : '';
    return [`g${index + 1}`, author, date, (spam ? lure(random) : remark(random)) + end, spam ? '1' : '0'];
  });
  return toCsv(COLUMNS, rows);
}

function remark(random: Random): string {
  const sentences = Array.from(
    { length: 1 + random.below(4) },
    () => `${random.pick(SUBJECTS)} ${random.pick(VERBS)} ${random.pick(OBJECTS)}.`,
  );
  if (random.chance(0.6)) sentences.push(random.pick(ASIDES) ?? '');
  return sentences.join(' ');
}

function lure(random: Random): string {
  return `${random.pick(LURES)} ${random.pick(CALLS)}${random.below(10_000)}`;
}
