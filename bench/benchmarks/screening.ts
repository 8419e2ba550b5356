import { compileRules, defaultWords, parseRules, screen, type ScreeningInput } from '../../src/screening/index.js';
import { commentOf } from '../../test/support/screening.js';
import { below, commentText } from '../load/texts.js';
import { alternate, ratioOf } from '../support/paired.js';
import { realComments } from '../support/real-comments.js';
import type { Report } from '../support/report.js';
import { median, quantile } from '../support/statistics.js';
import { milliseconds, perSecond } from '../support/units.js';

const NAME = 'screening';
const COMMENTS = 10_000;
const WORDS = 5_000;
const LONG = 2_000;
const LONG_COMMENTS = 2_000;
/** So many in a round: a round is long enough for the clock and short enough to meet the same machine. */
const ROUND = 500;
const P99_LIMIT_MS = 3;
const DAY = 86_400_000;
/** Repeated, they make the most of what a phase looks for and does not find. */
const HOSTILE = [
  'a',
  'a*',
  'a-',
  'a s ',
  'ass ',
  'fu-ck-',
  'f*ck ',
  '1 ',
  '+1 ',
  '0 1-',
  '4111 ',
  'AT61 ',
  'AA11',
  'a@a.',
  '@',
  '[at',
  '[dot] a',
  'A.',
  '> a\n',
  'http://',
  '\u0301',
  '\u200b',
  '!',
  'a|',
  'i',
  'il',
  'กำ',
  '好',
  '𝓯',
  '🇫',
  '. ',
];

/** Half to ban, half to hold: what sites begin with, and made-up words up to the number. */
function lists(): { banned: string[]; suspect: string[] } {
  const words = new Set(['en', 'de', 'fr', 'es', 'ru'].flatMap(defaultWords));
  while (words.size < WORDS) words.add(Array.from({ length: 4 + below(6) }, () => letter()).join(''));
  const all = [...words].slice(0, WORDS);
  return { banned: all.filter((_, at) => at % 2 === 0), suspect: all.filter((_, at) => at % 2 === 1) };
}

const letter = () => String.fromCharCode(97 + below(26));

function allRules({ banned, suspect }: ReturnType<typeof lists>) {
  const parsed = parseRules([
    { id: 'length', kind: 'length', params: { most: 4_000 } },
    { id: 'banned', kind: 'words', action: 'reject', params: { words: banned } },
    { id: 'suspect', kind: 'words', params: { words: suspect } },
    { id: 'private', kind: 'personal-data' },
    { id: 'domains', kind: 'domains', params: { banned: ['spam.example'] } },
    { id: 'deceptive', kind: 'deceptive-links', params: { trusted: ['paypal.com', 'ledger.example'] } },
    { id: 'shouting', kind: 'shouting' },
    { id: 'language', kind: 'language', params: { languages: ['en'] } },
    { id: 'repeats', kind: 'repeats' },
    { id: 'flood', kind: 'flood' },
    { id: 'new', kind: 'new-reader' },
    { id: 'rejected', kind: 'rejection-rate' },
    { id: 'night', kind: 'hours', params: { from: '22:00', until: '06:00', timeZone: 'Europe/Vienna' } },
  ]);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return compileRules(parsed.rules);
}

/** A comment with all that rules ask for. */
function inputOf(body: string, at: number): ScreeningInput {
  const now = Date.UTC(2026, 10, 22, 12) + at * 1_000;
  return commentOf(body, {
    now,
    author: {
      published: 7,
      decided: { published: 7, rejected: 2 },
      postedAt: Array.from({ length: 10 }, (_, n) => now - n * DAY),
    },
    priorTexts: Array.from({ length: 20 }, (_, n) => ({
      digest: `${n}`,
      reader: `${n}`,
      own: true,
      at: now - n * DAY,
    })),
  });
}

/** The same comments in a row, until they are long enough. */
function lengthened(bodies: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    let text = '';
    for (let next = at * 7; text.length < LONG; next++) text += `${bodies[next % bodies.length]} `;
    return text.slice(0, LONG).toWellFormed();
  });
}

/** Milliseconds of each. */
function times(inputs: readonly ScreeningInput[], judge: (input: ScreeningInput) => unknown): number[] {
  return inputs.map((input) => {
    const begun = performance.now();
    judge(input);
    return performance.now() - begun;
  });
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Needs no server: rules over plain values, in this process. */
export async function screening(_env: unknown, report: Report): Promise<void> {
  const words = lists();
  const begun = performance.now();
  const rules = await allRules(words);
  report.note(
    NAME,
    `rules of a site made ready, ${WORDS.toLocaleString('en-GB')} words`,
    milliseconds(performance.now() - begun),
  );

  const real = realComments();
  const bodies = real.length > 0 ? real : Array.from({ length: 1_000 }, (_, at) => commentText(`comment ${at}`));
  const source =
    real.length > 0 ? `real comments (${real.length}, repeated)` : 'generated comments (the real ones are missing)';
  const inputs = Array.from({ length: COMMENTS }, (_, at) => inputOf(bodies[at % bodies.length] ?? '', at));
  const long = lengthened(bodies, LONG_COMMENTS).map(inputOf);
  const all = [...words.banned, ...words.suspect];
  const ours = (input: ScreeningInput) => screen(input, rules);
  const includes = ({ body }: ScreeningInput) => {
    const lower = body.toLowerCase();
    return all.filter((word) => lower.includes(word));
  };
  times(inputs.slice(0, 1_000), ours);
  times(inputs.slice(0, 200), includes);

  const each = times(inputs, ours);
  const held = inputs.filter((input) => ours(input).verdict !== 'publish').length;
  const figure = `${perSecond((1_000 * COMMENTS) / total(each))}, p99 ${milliseconds(quantile(each, 0.99))}`;
  report.note(
    NAME,
    `${COMMENTS.toLocaleString('en-GB')} ${source}, all phases`,
    figure,
    `${held} not published at once`,
  );

  for (const [what, of] of [
    ['a comment', inputs],
    [`a comment of ${LONG.toLocaleString('en-GB')} characters`, long],
  ] as const) {
    const some = of.slice(0, ROUND);
    const rounds = await alternate({
      ours: () => Promise.resolve(total(times(some, ours)) / ROUND),
      includes: () => Promise.resolve(total(times(some, includes)) / ROUND),
    });
    const figures = {
      ours: milliseconds(median(rounds.ours)),
      against: `a loop of String.includes ${milliseconds(median(rounds.includes))}`,
    };
    report.ratio(
      NAME,
      `${what}, all phases, ${WORDS.toLocaleString('en-GB')} words`,
      figures,
      ratioOf(rounds.ours, rounds.includes),
      { atMost: 1 },
    );
  }
  // The least of three of each: what other processes take from this one is not ours.
  const tries = [0, 1, 2].map(() => times(long, ours));
  const p99 = quantile(
    long.map((_, at) => Math.min(...tries.map((each) => each[at] ?? NaN))),
    0.99,
  );
  report.check(
    NAME,
    `p99 of ${LONG_COMMENTS.toLocaleString('en-GB')} comments of ${LONG.toLocaleString('en-GB')} characters, the least of three each`,
    milliseconds(p99),
    `≤ ${P99_LIMIT_MS} ms`,
    p99 <= P99_LIMIT_MS,
  );

  const hostile = HOSTILE.map((piece, at) => inputOf(piece.repeat(LONG / piece.length), at));
  const hostileTries = Array.from({ length: 5 }, () => times(hostile, ours));
  const worst = Math.max(...hostile.map((_, at) => Math.min(...hostileTries.map((each) => each[at] ?? NaN))));
  report.check(
    NAME,
    `the worst of ${HOSTILE.length} hostile texts of that length, the least of five each`,
    milliseconds(worst),
    `≤ ${P99_LIMIT_MS} ms`,
    worst <= P99_LIMIT_MS,
  );
}
