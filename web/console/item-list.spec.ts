import type { QueueItem } from '../shared/api-types.js';
import { ItemList } from './item-list.js';

const items = (...ids: string[]) =>
  ids.map((id) => ({ id, claim: null, comment: {}, appeal: null }) as unknown as QueueItem);
const ids = (list: ItemList) => list.rows.map(({ item }) => item.id);

function listOf(...names: string[]) {
  const list = new ItemList();
  list.replace(items(...names));
  return list;
}

describe('the queue on the page', () => {
  it('adds what is new at the end, so that nothing moves', () => {
    const list = listOf('a', 'b');
    list.merge(items('c', 'a', 'b'));
    expect(ids(list)).toEqual(['a', 'b', 'c']);
    expect(list.selectedId).toBe('a');
  });

  it('selects the next when one is decided, and the one before at the end', () => {
    const list = listOf('a', 'b', 'c');
    list.step(1);
    list.remove('b');
    expect(list.selectedId).toBe('c');
    list.remove('c');
    expect(list.selectedId).toBe('a');
    list.remove('a');
    expect(list.selectedId).toBeUndefined();
  });

  it('keeps the selected item when a new reading does not have it, as gone', () => {
    const list = listOf('a', 'b', 'c');
    list.step(1);
    list.replace(items('a', 'c'));
    expect(ids(list)).toEqual(['a', 'b', 'c']);
    expect(list.selected).toMatchObject({ gone: true });
    list.merge(items('b'));
    expect(list.selected).toMatchObject({ gone: false });
  });

  it('does not call gone what is being decided here', () => {
    const list = listOf('a', 'b');
    list.find('a')!.deciding = true;
    list.markGone('a');
    list.markGone('b');
    expect(list.rows.map(({ gone }) => gone)).toEqual([false, true]);
  });

  it('puts what was claimed first', () => {
    const list = listOf('a', 'b', 'c');
    list.putFirst(items('c', 'd'));
    expect(ids(list)).toEqual(['c', 'd', 'a', 'b']);
    expect(list.selectedId).toBe('c');
  });

  it('means what is marked, or else what is selected, as far as it can be decided here', () => {
    const list = listOf('a', 'b', 'c');
    const meant = () => list.meant.map(({ item }) => item.id);
    expect(meant()).toEqual(['a']);
    list.marks.toggleAll(list.ids);
    list.find('b')!.gone = true;
    expect(meant()).toEqual(['a', 'c']);
    list.find('c')!.item = { ...list.find('c')!.item, appeal: {} } as QueueItem;
    expect(meant()).toEqual(['a']);
  });
});
