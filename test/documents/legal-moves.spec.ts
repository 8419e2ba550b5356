import { STAFF_ACTIONS, STATUSES, transition, type Action } from '../../src/threads/comment-status.js';
import { table } from './source.js';

describe('docs/decisions/005-legal-moves.md', () => {
  it('shows the table of the code', () => {
    const actions: Action[] = [...STAFF_ACTIONS, 'delete', 'hold'];
    const moves = actions.map((action) => [action, ...STATUSES.map((status) => transition(status, action) ?? '–')]);
    const shown = table('docs/decisions/005-legal-moves.md').map(([action = '', ...to]) => [
      action.split(' ')[0],
      ...to,
    ]);
    expect(shown).toEqual(moves);
  });
});
