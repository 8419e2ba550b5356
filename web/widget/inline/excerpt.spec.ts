import { excerpt } from './excerpt.js';

describe('an excerpt', () => {
  it.each([
    ['Short enough', 12, 'Short enough'],
    ['  two\n lines ', 20, 'two lines'],
    ['The last bus left at nine', 13, 'The last bus…'],
    ['The last bus left at nine', 14, 'The last bus…'],
    ['A donaudampfschifffahrtsgesellschaft', 12, 'A donaudamp…'],
    ['夜间巴士每天晚上都会开', 5, '夜间巴士…'],
    ['👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 2, '👩‍👩‍👧…'],
  ])('of %j in %d letters', (text, letters, expected) => {
    expect(excerpt(text, letters)).toBe(expected);
  });
});
