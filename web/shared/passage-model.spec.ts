import type { LiveEvent, Passage } from './api-types.js';
import { PassageModel } from './passage-model.js';

const passage = (id: string, more: Partial<Passage> = {}): Passage => ({
  id,
  kind: 'selection',
  state: 'anchored',
  anchor: { revision: 1, selectors: [{ type: 'TextQuoteSelector', exact: id, prefix: '', suffix: '' }] },
  quote: { exact: id, state: 'anchored' },
  commentCount: 1,
  ...more,
});
const event = (more: Partial<LiveEvent>): LiveEvent => ({ seq: 1, type: 'passage.changed', at: '', ...more });

function modelOf(...passages: Passage[]) {
  const model = new PassageModel();
  model.take({ passages, revision: { number: 1, hash: 'a' } });
  return model;
}

describe('the passages on the page', () => {
  it('puts what changed in its place, what is new last, and takes away what an event does not bring', () => {
    const model = modelOf(passage('a'), passage('b'));
    const orphan = passage('a', { state: 'orphaned' });
    model.apply([
      event({ passageId: 'c', passage: passage('c') }),
      event({ passageId: 'a', passage: orphan }),
      event({ passageId: 'b' }),
      event({ passageId: 'never seen' }),
    ]);
    expect(model.all.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(model.get('a')).toBe(orphan);
    expect(model.get('b')).toBeUndefined();
    expect(model.get(null)).toBeUndefined();
  });

  it('takes counts from the events of comments, and keeps what did not change', () => {
    const model = modelOf(passage('a'), passage('b', { commentCount: 2 }));
    const [before] = model.all;
    const counts = { total: 9, replies: {}, passages: { a: 1, b: 5, elsewhere: 3 } };
    model.apply([event({ type: 'comment.published', commentId: 'x', counts })]);
    expect(model.commentCount).toBe(6);
    expect(model.get('a')).toBe(before);
    expect(model.get('elsewhere')).toBeUndefined();
  });

  it('is what the thread says when that is read again', () => {
    const model = modelOf(passage('a'));
    model.take({ passages: [passage('b', { kind: 'question', commentCount: 0 })], revision: { number: 2, hash: 'b' } });
    expect(model.all.map(({ id }) => id)).toEqual(['b']);
    expect(model.revision).toEqual({ number: 2, hash: 'b' });
    expect(model.commentCount).toBe(0);
  });
});
