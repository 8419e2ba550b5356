import { wordsNear } from './words-near.js';

const TEXT = 'Tickets are sold by the mate, who takes no cards. The mate takes no cards either; no party takes part.';

/** The words found near a place that is given by its own words. */
function found(place: string, words: string, text = TEXT): string | null {
  const start = text.indexOf(place);
  const range = wordsNear(text, { start, end: start + place.length }, words);
  return range && `${range.start} ${text.slice(range.start, range.end)}`;
}

describe('wordsNear', () => {
  it.each([
    ['around the place', 'who takes no', 'who takes no cards', '30 who takes no cards'],
    ['inside the place', 'mate, who takes no cards. The', 'who takes no cards', '30 who takes no cards'],
    ['at the place', 'no cards', 'no cards', '40 no cards'],
    ['in other typography', 'who takes no', 'WHO takes\u00a0no cards', '30 who takes no cards'],
  ])('finds what stands %s', (_what, place, words, expected) => expect(found(place, words)).toBe(expected));

  it.each([
    ['what stands beside the place alone', 'Tickets are', 'sold by the mate'],
    ['what is a part of a word', 'no party takes', 'art'],
    ['what has another word', 'who takes no', 'who takes no coins'],
    ['signs and spaces', 'who takes no', ' '],
  ])('does not take %s', (_what, place, words) => expect(found(place, words)).toBeNull());

  it('tells nothing where the words stand twice', () => {
    expect(found('no cards. The mate takes no cards', 'takes no cards')).toBe(null);
    expect(found('cards. The mate takes no', 'takes no cards')).toBe(null);
  });

  it('works in scripts without spaces, and never cuts a pair', () => {
    const text = '夜行バスは毎晩走ります。🌙夜行バスは安い🌙です。';
    expect(found('夜行バスは安', '夜行バスは安い🌙', text)).toBe(`${text.indexOf('夜行バスは安い')} 夜行バスは安い🌙`);
  });
});
