import { complete, follower } from '../anchoring/index.js';
import { carry, type Carried, type Standing } from './carry.js';

const FIRST =
  'The ferry leaves at seven in the morning from the old pier. Tickets are sold on board by the mate of the ship.';

function mark(text: string, exact: string, id = exact): Standing {
  const start = text.indexOf(exact);
  const { quote, position } = complete(text, start, start + exact.length);
  const at = { startAt: position.start, endAt: position.end };
  const words = { exact: quote.exact, prefix: quote.prefix, suffix: quote.suffix };
  return { id, state: 'anchored', original: exact, stoodIn: 1, ...words, ...at, stoodScore: 1 };
}

/** Through texts one after the other, as publications do. */
function through(passage: Standing, ...texts: string[]): Carried[] {
  const history: Carried[] = [];
  const all = [FIRST, ...texts];
  let standing = passage;
  let stoodScore = 1;
  for (const [place, text] of texts.entries()) {
    const number = place + 2;
    const [carried] = carry([{ ...standing, stoodScore }], follower(all[standing.stoodIn - 1] ?? '', text), {
      number,
      text,
    });
    if (!carried) throw new Error('nothing was carried');
    history.push(carried);
    if (carried.state !== 'orphaned') stoodScore = carried.score;
    standing = { ...carried, stoodScore };
  }
  return history;
}

const states = (history: readonly Carried[]) => history.map(({ state }) => state);

describe('carry', () => {
  const passage = mark(FIRST, 'at seven in the morning from the old pier');
  const edited = FIRST.replace('old pier', 'new pier');
  const gone = 'Nothing of all this is left: the company was dissolved.';

  it('moves the selectors along, and says what changed for readers', () => {
    const [carried] = through(passage, `Shipping news. ${FIRST}`);
    expect(carried).toMatchObject({
      state: 'anchored',
      score: 1,
      stoodIn: 2,
      startAt: passage.startAt + 15,
      changed: false,
    });
    expect(through(passage, edited)[0]).toMatchObject({ state: 'fuzzy', original: passage.original, changed: true });
  });

  it('keeps a passage fuzzy though the newest step changed nothing, until its own words are back', () => {
    const history = through(
      passage,
      edited,
      `News. ${edited}`,
      `News. ${edited.toUpperCase()}`,
      FIRST,
      `News. ${FIRST}`,
    );
    expect(states(history)).toEqual(['fuzzy', 'fuzzy', 'fuzzy', 'anchored', 'anchored']);
    const [first = 0, second, third, fourth] = history.map(({ score }) => score);
    expect(first).toBeGreaterThan(0.45);
    expect(first).toBeLessThan(1);
    expect([second, third, fourth]).toEqual([first, first, 1]);
    expect(history.map(({ changed }) => changed)).toEqual([true, false, true, true, false]);
  });

  it('finds its own words again where edits beside them had cut some off', () => {
    const [, back] = through(
      mark(FIRST, 'from the old pier'),
      FIRST.replace('old pier', 'old quay'),
      'The ferry leaves at seven in the morning from the old pier.',
    );
    expect(back).toMatchObject({ state: 'anchored', exact: 'from the old pier', score: 1 });
  });

  it('multiplies what is left step by step', () => {
    const [once, twice] = through(passage, edited, edited.replace('seven', 'eight'));
    expect(twice?.state).toBe('fuzzy');
    expect(twice?.score).toBeLessThan(once?.score ?? 0);
  });

  it('says moved of the step that moved it, and anchored of the next', () => {
    const moved =
      'Tickets are sold on board by the mate of the ship. The ferry leaves at seven in the morning from the old pier.';
    const tickets = mark(FIRST, 'Tickets are sold on board by the mate');
    const histories = [tickets, passage].map((one) => states(through(one, moved, `${moved} It rains.`)));
    // Which of two that changed places has moved is for the engine to say; one of them has.
    expect(histories.map(([first]) => first).sort()).toEqual(['anchored', 'moved']);
    expect(histories.map(([, second]) => second)).toEqual(['anchored', 'anchored']);
  });

  it('leaves an orphan where it stood last, and brings it back from there', () => {
    const history = through(passage, gone, `${gone} Indeed.`, FIRST);
    expect(states(history)).toEqual(['orphaned', 'orphaned', 'anchored']);
    expect(history[1]).toMatchObject({ stoodIn: 1, exact: passage.exact, startAt: passage.startAt });
    expect(history.map(({ changed }) => changed)).toEqual([true, false, true]);
    expect(history[2]).toMatchObject({ stoodIn: 4, score: 1, suggestion: null });
  });

  it('brings an orphan back as fuzzy where it was fuzzy before', () => {
    const [once, , back] = through(passage, edited, gone, edited);
    expect(back).toMatchObject({ state: 'fuzzy', exact: once?.exact, score: once?.score });
  });
});
