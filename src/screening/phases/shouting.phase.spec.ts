import { commentOf, saidBy } from '../../../test/support/screening.js';

describe('shouting', () => {
  it.each<[string, string, boolean]>([
    ['capitals throughout', 'THIS IS AN OUTRAGE AND YOU KNOW IT', true],
    ['most of it', 'THIS IS AN OUTRAGE AND YOU know it', true],
    ['a word', 'This is an OUTRAGE, and you know it', false],
    ['too short to tell', 'LOL OK NASA', false],
    ['small letters', 'this is an outrage and you know it', false],
    ['Cyrillic', 'ЭТО ВОЗМУТИТЕЛЬНО И ВЫ ЭТО ЗНАЕТЕ', true],
    ['a script without case', '这是一个非常令人愤慨的事情你知道的这是一个非常令人愤慨的事情', false],
    ['numbers and signs', '1234567890 !!!! 1234567890 !!!! 1234567890', false],
    ['title case', 'This Is How A Title Is Written In English', false],
  ])('%s', async (_what, body, loud) => {
    expect(await saidBy('shouting', {}, commentOf(body))).toHaveLength(loud ? 1 : 0);
  });

  it('shows where it is loud', async () => {
    const [finding] = await saidBy('shouting', { share: 0.5 }, commentOf('well, THIS IS AN OUTRAGE, you know'));
    expect(finding?.evidence).toEqual([{ start: 6, end: 24, text: 'THIS IS AN OUTRAGE' }]);
    expect(finding?.score).toBeCloseTo(15 / 26);
  });
});
