import { sameWords } from './same-words.js';

describe('sameWords', () => {
  it.each([
    ['itself', 'The night bus', 'The night bus'],
    ['another case', 'The night bus', 'THE NIGHT BUS'],
    ['other quotation marks and spaces', '“Until now”', '"Until\u00a0now"'],
    ['another composition', 'Café', 'Cafe\u0301'],
    ['soft hyphens', 'transport committee', 'trans\u00adport com\u00admittee'],
    ['scripts without spaces', '夜行バス', '夜行\nバス'],
  ])('takes %s for the same', (_what, one, other) => expect(sameWords(one, other)).toBe(true));

  it.each([
    ['a word more', 'The night bus', 'The night bus runs'],
    ['a word less', 'The night bus', 'The bus'],
    ['another word', 'The night bus', 'The night train'],
    ['another order', 'the bus and the train', 'the train and the bus'],
    ['another number', 'in 1968', 'in 1986'],
    ['another sign', 'Is it?', 'Is it!'],
  ])('tells %s', (_what, one, other) => expect(sameWords(one, other)).toBe(false));
});
