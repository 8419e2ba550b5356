import {
  changesAnything,
  isPublic,
  STATUSES,
  STAFF_ACTIONS,
  statusAfterEdit,
  statusOfVerdict,
  transition,
  type Action,
  type Status,
} from './comment-status.js';

const none = undefined;

/** Every status and action, as the product means it: read it as the specification. */
const TABLE: Record<Action, Record<Status, Status | undefined>> = {
  approve: { pending: 'published', published: 'published', rejected: none, spam: none, deleted: none },
  reject: { pending: 'rejected', published: 'rejected', rejected: 'rejected', spam: 'rejected', deleted: none },
  spam: { pending: 'spam', published: 'spam', rejected: 'spam', spam: 'spam', deleted: none },
  restore: { pending: none, published: none, rejected: 'published', spam: 'published', deleted: none },
  delete: { pending: 'deleted', published: 'deleted', rejected: 'deleted', spam: 'deleted', deleted: none },
  hold: { pending: none, published: 'pending', rejected: none, spam: none, deleted: none },
};

describe('the status of a comment', () => {
  const moves = Object.entries(TABLE).flatMap(([action, row]) =>
    Object.entries(row).map(([from, to]) => [action, from, to] as [Action, Status, Status | undefined]),
  );

  it.each(moves)('%s a comment that is %s: %s', (action, from, to) => {
    expect(transition(from, action)).toBe(to);
  });

  it('never comes back from deleted, and becomes deleted by its author alone', () => {
    for (const action of [...STAFF_ACTIONS, 'delete'] as const) expect(transition('deleted', action)).toBe(none);
    for (const action of STAFF_ACTIONS) {
      for (const status of STATUSES) expect(transition(status, action)).not.toBe('deleted');
    }
  });

  it('is settled by a person even where it stays, once', () => {
    expect(changesAnything('published', 'none', 'published')).toBe(true);
    expect(changesAnything('published', 'rule', 'published')).toBe(true);
    expect(changesAnything('published', 'human', 'published')).toBe(false);
    expect(changesAnything('published', 'human', 'rejected')).toBe(true);
  });

  it('is public where published, and nowhere else', () => {
    expect(STATUSES.filter(isPublic)).toEqual(['published']);
  });

  it.each(STATUSES)('after an edit of what is %s follows what screening says, if it can be edited', (from) => {
    const editable = from === 'pending' || from === 'published';
    for (const verdict of ['publish', 'hold', 'reject'] as const) {
      expect(statusAfterEdit(from, verdict)).toBe(editable ? statusOfVerdict(verdict) : none);
    }
  });

  it('stays held by a rule whatever its author makes of the text, unless that is rejected', () => {
    expect(statusAfterEdit('pending', 'publish', 'rule')).toBe('pending');
    expect(statusAfterEdit('pending', 'hold', 'rule')).toBe('pending');
    expect(statusAfterEdit('pending', 'reject', 'rule')).toBe('rejected');
    expect(statusAfterEdit('published', 'publish', 'rule')).toBe('published');
    expect(statusAfterEdit('pending', 'publish', 'human')).toBe('published');
  });
});
