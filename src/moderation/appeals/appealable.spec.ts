import { refusalOf, type Challenged } from './appealable.js';

const DAYS = 30;
const REJECTION: Challenged = { toStatus: 'rejected', stands: true, ageDays: 0 };

describe('what can be appealed', () => {
  it.each([
    ['a rejection', {}, undefined],
    ['a comment marked as spam', { toStatus: 'spam' }, undefined],
    ['a sanction', { toStatus: null }, undefined],
    ['on its last day', { ageDays: 29.999 }, undefined],
    ['a day too late', { ageDays: 30 }, 'appeal-over'],
    ['an approval', { toStatus: 'published' }, 'not-appealable'],
    ['a hold', { toStatus: 'pending' }, 'not-appealable'],
    ['what was undone', { stands: false }, 'decision-replaced'],
    ['a lifted sanction', { toStatus: null, stands: false }, 'decision-replaced'],
    ['what was undone long ago', { stands: false, ageDays: 99 }, 'decision-replaced'],
  ])('%s', (_what, change, code) => {
    expect(refusalOf({ ...REJECTION, ...change }, DAYS)?.code).toBe(code);
  });

  it('is nothing where the site takes no appeals', () => {
    expect(refusalOf(REJECTION, 0)?.message).toBe('This site takes no appeals.');
  });
});
