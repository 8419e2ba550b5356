import type { Phase } from '../phase.js';

/** Closed: no new comments. Frozen: no comments, no edits. The routes refuse both; imports and later checks ask here. */
export const threadStatePhase: Phase = {
  rule: 'thread',
  screen({ threadState = 'open', event = 'post' }) {
    if (threadState === 'open' || (threadState === 'closed' && event === 'edit')) return [];
    const explanation = `The thread is ${threadState}, so nothing can be ${event === 'edit' ? 'edited' : 'added'} here.`;
    return [{ rule: 'thread', score: 1, action: 'reject', evidence: [], explanation }];
  },
};
