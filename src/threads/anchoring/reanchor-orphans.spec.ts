import { complete } from './complete.js';
import { follow } from '../../../test/support/follow-marked.js';
import { reanchor, retryOrphans } from './reanchor.js';

const LEAD = 'The council met on Monday. It was raining in the old harbour.';
const TAIL = 'Nobody left before midnight. The lamps went out one by one.';
const WORDS = 'Trams in the centre will stop running at nine every evening from next winter on.';

describe('reanchor, of what is gone', () => {
  it.each([
    ['deleted', `${LEAD} [[${WORDS}]] ${TAIL}`, `${LEAD} ${TAIL}`],
    ['the whole text deleted', `[[${WORDS}]]`, ''],
    [
      'replaced outright',
      `${LEAD} [[${WORDS}]] ${TAIL}`,
      `${LEAD} A spokesman of the opposition called this in an interview the end of all hope. ${TAIL}`,
    ],
    ['deleted, an identical sentence stays', `${WORDS} ${LEAD} [[${WORDS}]] ${TAIL}`, `${WORDS} ${LEAD} ${TAIL}`],
    [
      'deleted, an identical sentence after it stays',
      `${LEAD} [[${WORDS}]] ${TAIL} ${WORDS}`,
      `${LEAD} ${TAIL} ${WORDS}`,
    ],
    [
      'deleted, a look-alike stays',
      `Trams in the north will stop running at ten every evening from next winter on. ${LEAD} [[${WORDS}]] ${TAIL}`,
      `Trams in the north will stop running at ten every evening from next winter on. ${LEAD} ${TAIL}`,
    ],
    [
      'a row deleted among rows alike',
      'Line 1 runs every 10 minutes to Altona.\n[[Line 2 runs every 12 minutes to Harburg.]]\nLine 3 runs every 15 minutes to Bergedorf.',
      'Line 1 runs every 10 minutes to Altona.\nLine 3 runs every 15 minutes to Bergedorf.',
    ],
    [
      'a row deleted, the next edited',
      'Line 1 runs every 10 minutes to Altona.\n[[Line 2 runs every 12 minutes to Harburg.]]\nLine 3 runs every 15 minutes to Bergedorf.',
      'Line 1 runs every 10 minutes to Altona.\nLine 3 runs every 20 minutes to Wedel.',
    ],
    ['one of two equal sentences, and nobody can say which', `${WORDS} It rained. [[${WORDS}]]`, WORDS],
    [
      'deleted, a look-alike beside it stays behind an inserted sentence',
      `Life. Hollerith was born in Rome, where he spent his early childhood.\n[[Hollerith was born in Paris, where he spent his early childhood.]] ${TAIL}`,
      `Life. Nobody was there. Hollerith was born in Rome, where he spent his early childhood. ${TAIL}`,
    ],
  ])('orphans a passage: %s', (_name, before, after) => {
    expect(follow(before, after).shown).toBe('orphaned');
  });

  it('orphans a passage that moved where two equal copies appeared', () => {
    const before = `${LEAD}\n[[${WORDS}]]\n${TAIL}\nFerries wait for nobody here.\nThe end of the year is near.`;
    const after = `${LEAD}\n${TAIL}\n${WORDS}\nFerries wait for nobody here.\n${WORDS}\nThe end of the year is near.`;
    const { result } = follow(before, after);
    expect(result.state).toBe('orphaned');
  });

  it('suggests where a third of the words remain, and does not attach', () => {
    const rest = 'Trams of the suburbs could perhaps stop altogether, at least every second weekend from May.';
    const { result } = follow(`${LEAD} [[${WORDS}]] ${TAIL}`, `${LEAD} ${rest} ${TAIL}`);
    expect(result).toMatchObject({ state: 'orphaned', suggestion: { quote: rest } });
  });

  it('suggests nothing where next to nothing remains', () => {
    const { result } = follow(`${LEAD} [[${WORDS}]] ${TAIL}`, `${LEAD} Ferries are to be painted green. ${TAIL}`);
    expect(result).toEqual({ state: 'orphaned', score: expect.any(Number) });
  });

  it('orphans selectors that were never in the old text', () => {
    const { quote, position } = complete('something else entirely', 0, 9);
    expect(reanchor(`${LEAD} ${TAIL}`, `${LEAD} ${TAIL}`, [{ quote, position }])).toEqual([
      { state: 'orphaned', score: 0 },
    ]);
  });
});

describe('retryOrphans', () => {
  const first = `${LEAD} ${WORDS} ${TAIL}`;
  const passage = complete(first, first.indexOf(WORDS), first.indexOf(WORDS) + WORDS.length);
  const without = `${LEAD} ${TAIL}`;

  it('brings a passage back when a later revision has its words again, elsewhere or changed too', () => {
    expect(reanchor(first, without, [passage])).toMatchObject([{ state: 'orphaned' }]);
    expect(retryOrphans(first, `${LEAD} ${WORDS} ${TAIL}`, [passage])).toMatchObject([{ state: 'anchored' }]);
    const changed = WORDS.replace('nine', 'ten');
    expect(retryOrphans(first, `New. ${LEAD} ${changed} ${TAIL}`, [passage])).toMatchObject([
      { state: 'fuzzy', quote: changed },
    ]);
  });

  it('leaves it an orphan while its words are not there', () => {
    expect(retryOrphans(first, `${without} More was written since.`, [passage])).toMatchObject([{ state: 'orphaned' }]);
  });
});
