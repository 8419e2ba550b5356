import fc from 'fast-check';
import { isMalformed } from './invisible.js';
import { lengthOf, normaliseBody, normaliseDisplayName } from './normalise-text.js';

const bodyOf = (raw: string): string | undefined => {
  const result = normaliseBody(raw);
  return 'body' in result ? result.body : undefined;
};
const codeOf = (raw: string): string | undefined => {
  const result = normaliseBody(raw);
  return 'problem' in result ? result.problem.code : undefined;
};

/** Text full of what normalising is about. */
const tricky = fc.string({
  unit: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('a', 'e', ' ', '\n', '\t', '.') },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        ...['\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u061c', '\ufe0f', '\u{e0101}', '\u00ad', '\ufeff'],
        ...['\u202e', '\u2068', '\u0301', '\u0327', '\u0651', '\u094d', '\u0915', '\u0639', '\u4e00', '\u0e01'],
        ...['\u{1f468}', '\u{1f3fd}', '\u{1f3f4}', '\u{e0067}', '\u{e007f}', '\u2764', '\u1100', '\u1161', '\u09c7'],
        ...['\u09be', '\r', '\v', '\u2028', '\u0085', '\0', '\u001b', '\u00a0', '\u3000', '\u2800', '\u3164'],
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
  ),
  maxLength: 60,
});

describe('normaliseBody', () => {
  it.each([
    ['composes letters', 'e\u0301', 'é'],
    ['ends lines by \\n', 'a\r\nb\rc\u2028d\u0085e\vf', 'a\nb\nc\nd\ne\nf'],
    ['takes trailing spaces off', 'a  \nb\t\nc\u00a0\u3000', 'a\nb\nc'],
    ['keeps the spaces before a line', '    code', '    code'],
    ['takes blank lines off both ends', '\n \n\na\n\n', 'a'],
    ['keeps 2 blank lines', 'a\n\n\nb', 'a\n\n\nb'],
    ['collapses more', 'a\n \n\t\n\n\n\nb', 'a\n\n\nb'],
    ['strips control characters but tabs', 'a\0b\u001b[31mc\u007f\u0090\td', 'ab[31mc\td'],
    ['strips overrides, embeddings, isolates', 'abc\u202edef\u202c \u2067x\u2069', 'abcdef x'],
    ['strips the byte order mark', '\ufeffa\ufeffb', 'ab'],
    ['strips zero-width characters in Latin', 'f\u200bo\u034f\u200co\u200d \u2060b\u00ada\u180er', 'foo bar'],
    ['strips runs of them', 'a\u200b\u200b\u200c\u200db', 'ab'],
    ['composes what stripping brought together', 'e\u200b\u0301', 'é'],
    ['keeps the ZWNJ of Persian', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['keeps the ZWJ of an abbreviation', '۱۴۰۰ه\u200d', '۱۴۰۰ه\u200d'],
    ['keeps the ZWJ and ZWNJ after a virama', 'क्\u200dष क्\u200cष', 'क्\u200dष क्\u200cष'],
    ['keeps an emoji of a family', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['keeps skin tone, profession and heart on fire', '👩🏽‍🚒 ❤️‍🔥 🏳️‍🌈', '👩🏽‍🚒 ❤️‍🔥 🏳️‍🌈'],
    ['keeps keycaps', '1️⃣', '1️⃣'],
    ['strips a ZWJ after an emoji that joins nothing', '👩\u200d x', '👩 x'],
    ['keeps the flag of Scotland', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
    ['strips a message in tag characters', 'hi\u{e0068}\u{e0069}\u{e007f}', 'hi'],
    ['strips a flag that does not end', '🏴\u{e0067}\u{e0062}', '🏴'],
    ['strips variation selectors from letters, and runs', 'a\ufe0fb\u{e0101} 😀\ufe0f\ufe01\ufe02', 'ab 😀\ufe0f'],
    ['keeps a variant of an ideograph', '葛\u{e0100}', '葛\u{e0100}'],
    ['keeps line breaks in Thai words', 'ภาษา\u200bไทย', 'ภาษา\u200bไทย'],
    ['keeps one direction mark beside text', 'שלום\u200f!', 'שלום\u200f!'],
    ['strips direction marks that stand alone or in runs', 'a \u200e b\u200e\u200e\u200fc', 'a  b\u200ec'],
    ['keeps pointed Hebrew and Vietnamese', 'שָּׁל֑וֹם Tiếng Việt', 'שָּׁל֑וֹם Tiếng Việt'.normalize('NFC')],
    ['limits combining marks to 5', `z${'\u0335'.repeat(40)}a`, `z${'\u0335'.repeat(5)}a`],
    ['begins no new count at a joiner', `ع${'\u064b\u064b\u200c'.repeat(9)}ب`, 'ع\u064b\u064b\u200c\u064b\u064bب'],
  ])('%s', (_what, raw, body) => {
    expect(bodyOf(raw)).toBe(body);
  });

  it.each(['', ' \n\t', '\u200b\u200d', '\u2800 \u3164', '\u00a0\u3000', '\u202e\u202c', '\ufeff', '\u0301', '\u200e'])(
    'finds %j empty',
    (raw) => {
      expect(codeOf(raw)).toBe('empty');
    },
  );

  it.each(['a\ud800', '\udc00b', 'a\ufffe', '\ufdd0', '\u{1ffff}'])('refuses %j', (raw) => {
    expect(codeOf(raw)).toBe('malformed');
  });

  it('gives the same when applied again', () => {
    fc.assert(
      fc.property(tricky, (raw) => {
        const body = bodyOf(raw);
        if (body !== undefined) expect(bodyOf(body)).toBe(body);
      }),
      { numRuns: 5000 },
    );
  });

  it('refuses well-formed text only where it is blank, and leaves nothing behind that it strips', () => {
    fc.assert(
      fc.property(tricky, (raw) => {
        const body = bodyOf(`x${raw}`);
        if (isMalformed(raw)) return expect(body).toBeUndefined();
        // eslint-disable-next-line no-control-regex
        expect(body).toMatch(/^\n*[^\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\u2028]+$/);
        expect(body).toBe(body?.normalize('NFC'));
        expect(body).not.toMatch(/\n{4}|[ \t]\n|\p{M}{6}|^\n|\s$/u);
      }),
      { numRuns: 5000 },
    );
  });

  it('changes nothing but line ends and spaces in ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '*', '.') }), (text) => {
        expect(bodyOf(`x${text}x`)).toBe(`x${text}x`);
      }),
    );
  });
});

describe('lengthOf', () => {
  it('counts code points', () => {
    expect(lengthOf('aé😀葛')).toBe(4);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(lengthOf(text)).toBe([...text].length);
      }),
    );
  });
});

describe('normaliseDisplayName', () => {
  it.each([
    [' Ada  Lovelace ', 'Ada Lovelace'],
    ['Ada\n\tLovelace', 'Ada Lovelace'],
    ['Ada\u00a0\u3000Lovelace', 'Ada Lovelace'],
    ['\u202eadA\u202c\u200f', 'adA'],
    ['Ren\u0065\u0301', 'René'],
    ['A\u200bd\u200ca', 'Ada'],
    ['عبد\u200cالله', 'عبد\u200cالله'],
    ['👩‍🚒', '👩‍🚒'],
    ['😀'.repeat(80), '😀'.repeat(80)],
    ['<b>', '<b>'],
  ])('%j becomes %j', (raw, name) => {
    expect(normaliseDisplayName(raw)).toEqual({ name });
  });

  it.each([
    ['', 'empty'],
    ['\u3164', 'empty'],
    ['\u200e\u2800', 'empty'],
    ['a\udfff', 'malformed'],
    ['a'.repeat(81), 'too-long'],
  ])('%j is %s', (raw, code) => {
    expect(normaliseDisplayName(raw)).toMatchObject({ problem: { code } });
  });

  it('gives one trimmed line, and the same when applied again', () => {
    fc.assert(
      fc.property(tricky, (raw) => {
        const result = normaliseDisplayName(raw);
        if (!('name' in result)) return;
        expect(result.name).toMatch(/^\S(?:[^\n\t]*\S)?$/);
        expect(normaliseDisplayName(result.name)).toEqual(result);
      }),
      { numRuns: 3000 },
    );
  });
});
