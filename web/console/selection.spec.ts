import { Selection } from './selection.js';

const ORDER = ['a', 'b', 'c', 'd'];
const markedOf = (selection: Selection) => ORDER.filter(selection.has);

describe('the marks for one decision on many', () => {
  it('marks and unmarks one by one', () => {
    const selection = new Selection();
    selection.toggle('b');
    selection.toggle('d');
    selection.toggle('b');
    expect(markedOf(selection)).toEqual(['d']);
  });

  it('goes from the last one to this one, upwards too, and takes marks away as it gives them', () => {
    const selection = new Selection();
    selection.toggle('d');
    selection.extend(ORDER, 'b');
    expect(markedOf(selection)).toEqual(['b', 'c', 'd']);
    selection.toggle('c');
    selection.extend(ORDER, 'd');
    expect(markedOf(selection)).toEqual(['b']);
  });

  it('begins where there is nothing to go from, or that has left the page', () => {
    const selection = new Selection();
    selection.extend(ORDER, 'c');
    expect(markedOf(selection)).toEqual(['c']);
    selection.extend(['a', 'b'], 'a');
    expect(markedOf(selection)).toEqual(['a', 'c']);
  });

  it('marks all, then none, and forgets what is gone', () => {
    const selection = new Selection();
    selection.toggle('a');
    selection.toggleAll(ORDER);
    expect(selection.size).toBe(4);
    selection.keep((id) => id !== 'a');
    expect(markedOf(selection)).toEqual(['b', 'c', 'd']);
    selection.toggleAll(['b', 'c', 'd']);
    expect(selection.size).toBe(0);
  });
});
