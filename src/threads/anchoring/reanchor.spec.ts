import { complete } from './complete.js';
import { follow, unmarked } from '../../../test/support/follow-marked.js';
import { reanchor } from './reanchor.js';

const LEAD = 'The council met on Monday. It was raining in the old harbour.';
const TAIL = 'Nobody left before midnight. The lamps went out one by one.';

describe('reanchor', () => {
  it.each([
    [
      'nothing changed',
      'anchored',
      `${LEAD} [[Trams will stop at nine.]] ${TAIL}`,
      `${LEAD} [[Trams will stop at nine.]] ${TAIL}`,
    ],
    [
      'text was inserted before',
      'anchored',
      `${LEAD} [[Trams will stop at nine.]]`,
      `A correction was made. ${LEAD} [[Trams will stop at nine.]]`,
    ],
    [
      'the start of the text',
      'anchored',
      `[[The council met]] on Monday. ${TAIL}`,
      `[[The council met]] on Tuesday. ${TAIL}`,
    ],
    [
      'the start, text put before it',
      'anchored',
      `[[The council met]] on Monday. ${TAIL}`,
      `Update: a word was wrong. [[The council met]] on Monday. ${TAIL}`,
    ],
    [
      'the end of the text',
      'anchored',
      `${LEAD} ${TAIL} [[So it ended.]]`,
      `${LEAD} Everyone left. ${TAIL} [[So it ended.]]`,
    ],
    [
      'the end, text put after it',
      'anchored',
      `${LEAD} [[So it ended.]]`,
      `${LEAD} [[So it ended.]] A correction was made.`,
    ],
    [
      'a sentence inserted on either side',
      'anchored',
      `${LEAD} [[Trams stop.]] ${TAIL}`,
      `${LEAD} Buses go on. [[Trams stop.]] Ferries wait. ${TAIL}`,
    ],
    [
      'both neighbours rewritten',
      'anchored',
      `It rained. [[Trams will stop at nine.]] Nobody left.`,
      `Snow fell thickly. [[Trams will stop at nine.]] Everybody went home early.`,
    ],
    [
      'a word changed',
      'fuzzy',
      `${LEAD} [[Trams will stop at nine tonight.]] ${TAIL}`,
      `${LEAD} [[Trams will stop at ten tonight.]] ${TAIL}`,
    ],
    [
      'the first word replaced',
      'fuzzy',
      `${LEAD} [[Trams will stop at nine.]] ${TAIL}`,
      `${LEAD} [[Buses will stop at nine.]] ${TAIL}`,
    ],
    [
      'the last word replaced',
      'fuzzy',
      `${LEAD} [[Trams will stop at nine]] sharp. ${TAIL}`,
      `${LEAD} [[Trams will stop at ten]] sharp. ${TAIL}`,
    ],
    [
      'words inserted',
      'fuzzy',
      `${LEAD} [[Trams will stop at nine.]] ${TAIL}`,
      `${LEAD} [[Trams in the centre will probably stop at nine.]] ${TAIL}`,
    ],
    [
      'words removed',
      'fuzzy',
      `${LEAD} [[Trams in the centre will stop at nine.]] ${TAIL}`,
      `${LEAD} [[Trams will stop at nine.]] ${TAIL}`,
    ],
    [
      'split by an inserted sentence',
      'fuzzy',
      `${LEAD} [[Trams will stop at nine. Buses go on all night.]] ${TAIL}`,
      `${LEAD} [[Trams will stop at nine. Nobody knows why. Buses go on all night.]] ${TAIL}`,
    ],
    [
      'split over two paragraphs',
      'anchored',
      `${LEAD} [[Trams will stop at nine. Buses go on all night.]] ${TAIL}`,
      `${LEAD} [[Trams will stop at nine.\nBuses go on all night.]] ${TAIL}`,
    ],
    [
      'two sentences merged',
      'fuzzy',
      `${LEAD} [[Trams will stop at nine. Buses go on all night.]] ${TAIL}`,
      `${LEAD} [[Trams will stop at nine, and buses go on all night.]] ${TAIL}`,
    ],
    [
      'two paragraphs merged',
      'anchored',
      `${LEAD}\n[[Trams will stop at nine.]]\n${TAIL}`,
      `${LEAD} [[Trams will stop at nine.]] ${TAIL}`,
    ],
    [
      'copied to another place',
      'anchored',
      `${LEAD}\n[[Trams will stop at nine.]] ${TAIL}`,
      `Trams will stop at nine. ${LEAD}\n[[Trams will stop at nine.]] ${TAIL}`,
    ],
    [
      'one of several equal phrases',
      'anchored',
      `the mayor said no. Then [[the mayor said]] yes. At last the mayor said so.`,
      `the mayor said no. Then [[the mayor said]] yes. Much later, at last, the mayor said so again.`,
    ],
    [
      'one of several equal phrases, an earlier one removed',
      'anchored',
      `Once the mayor said no to trams. Then [[the mayor said]] yes to buses. At last the mayor said so.`,
      `Then [[the mayor said]] yes to buses. At last the mayor said so.`,
    ],
    ['part of a word', 'anchored', `${LEAD} Tr[[ams will st]]op at nine.`, `So: ${LEAD} Tr[[ams will st]]op at nine.`],
    [
      'a space marked along',
      'anchored',
      `${LEAD}[[ Trams will stop ]]at nine.`,
      `So: ${LEAD}[[ Trams will stop ]]at nine.`,
    ],
    [
      're-quoted',
      'anchored',
      `He said [["Trams will stop at nine"]] and left. ${TAIL}`,
      `He said [[“Trams will stop at nine”]] and left. ${TAIL}`,
    ],
  ])('follows a passage: %s', (_name, state, before, after) => {
    const { result, shown } = follow(before, unmarked(after));
    expect(shown).toBe(after);
    expect(result.state).toBe(state);
  });

  const PARAGRAPHS = [
    'The council met on Monday in the old harbour, while it rained.',
    'Trams will stop at nine from next week on. Buses go on all night, said the mayor.',
    'Nobody left before midnight. The lamps went out one by one along the quay.',
    'A reader wrote that the ferries had been forgotten once again this winter.',
  ];
  const passage = 'Buses go on all night, said the mayor.';

  it('follows a passage whose paragraph was moved', () => {
    const marked = PARAGRAPHS.join('\n').replace(passage, `[[${passage}]]`);
    const moved = [PARAGRAPHS[0], PARAGRAPHS[2], PARAGRAPHS[3], PARAGRAPHS[1]].join('\n');
    const { result, shown } = follow(marked, moved);
    expect(result.state).toBe('moved');
    expect(result.score).toBe(1);
    expect(shown).toBe(moved.replace(passage, `[[${passage}]]`));
  });

  it('follows a sentence that was moved into another paragraph', () => {
    const marked = PARAGRAPHS.join('\n').replace(passage, `[[${passage}]]`);
    const moved =
      PARAGRAPHS.map((text) => text.replace(` ${passage}`, '').replace('forgotten', 'forgotten')).join('\n') +
      ` ${passage}`;
    const { result, shown } = follow(marked, moved);
    expect(result.state).toBe('moved');
    expect(shown).toBe(`${moved.slice(0, -passage.length)}[[${passage}]]`);
  });

  it('follows a passage that was moved and edited, as fuzzy', () => {
    const marked = PARAGRAPHS.join('\n').replace(passage, `[[${passage}]]`);
    const edited = 'Buses still go on all night, said the mayor.';
    const moved = [PARAGRAPHS[0], PARAGRAPHS[2], PARAGRAPHS[3], PARAGRAPHS[1]!.replace(passage, edited)].join('\n');
    const { result, shown } = follow(marked, moved);
    expect(result.state).toBe('fuzzy');
    expect(shown).toBe(moved.replace(edited, `[[${edited}]]`));
  });

  it('follows passages of an article whose paragraphs were all put in another order', () => {
    const paragraphs = Array.from({ length: 40 }, (_, at) =>
      Array.from('abcdefgh', (letter) => `${letter}${at}`).join(' '),
    );
    const text = paragraphs.join('\n');
    const passages = paragraphs.map((paragraph) =>
      complete(text, text.indexOf(paragraph), text.indexOf(paragraph) + paragraph.length),
    );
    const results = reanchor(text, [...paragraphs].reverse().join('\n'), passages);
    expect(results.map((result) => result.state !== 'orphaned' && result.quote)).toEqual(paragraphs);
    expect(results.filter(({ state }) => state === 'moved')).toHaveLength(39);
  });

  it('follows a row of a long table that repeats itself, when an earlier row goes', () => {
    const rows = Array.from(
      { length: 3000 },
      (_, at) => `Line ${at % 7} runs every ${at % 5} minutes to ${'ABC'[at % 3]!}.`,
    );
    const text = rows.join('\n');
    const at = rows.slice(0, 2000).join('\n').length + 1;
    const gone = rows.slice(0, 1000).join('\n').length;
    const [result] = reanchor(text, text.slice(0, gone) + text.slice(gone + rows[1000]!.length + 1), [
      complete(text, at, at + rows[2000]!.length),
    ]);
    expect(result).toMatchObject({
      state: 'anchored',
      selectors: { position: { start: at - rows[1000]!.length - 1 } },
    });
  });

  it('gives selectors, quote and score of the new text', () => {
    const { result } = follow(
      `${LEAD} [[Trams will stop at nine.]] ${TAIL}`,
      `${LEAD} Trams will halt at nine. ${TAIL}`,
    );
    const newText = `${LEAD} Trams will halt at nine. ${TAIL}`;
    const start = newText.indexOf('Trams');
    expect(result).toEqual({
      state: 'fuzzy',
      quote: 'Trams will halt at nine.',
      selectors: complete(newText, start, start + 'Trams will halt at nine.'.length),
      score: expect.any(Number),
    });
    expect(result.score).toBeGreaterThan(0.6);
    expect(result.score).toBeLessThan(1);
  });

  it('follows overlapping passages of one text each on its own, in the order given', () => {
    const text = `${LEAD} ${TAIL}`;
    const passages = [complete(text, 0, text.length), complete(text, 4, 15), complete(text, 0, 26)];
    expect(
      reanchor(text, `New. ${text}`, passages).map((result) => result.state !== 'orphaned' && result.quote),
    ).toEqual(passages.map(({ quote }) => quote.exact));
  });

  it('finds the passage by its quote where the position is of another text', () => {
    const text = `${LEAD} ${TAIL}`;
    const { quote } = complete(text, 4, 15);
    const position = { type: 'TextPositionSelector' as const, start: 90, end: 101 };
    expect(reanchor(text, text, [{ quote, position }])).toMatchObject([{ state: 'anchored', quote: 'council met' }]);
  });
});
