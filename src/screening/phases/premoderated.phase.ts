import type { Phase } from '../phase.js';

/** Who was put under premoderation is read by a moderator first, wherever it is. Says nothing of the text: score 0. */
export const premoderatedPhase: Phase = {
  rule: 'premoderated',
  screen({ standing }) {
    if (standing !== 'premoderated') return [];
    const explanation = 'Comments of this reader are read by a moderator before they are published.';
    return [{ rule: 'premoderated', score: 0, action: 'hold', evidence: [], explanation }];
  },
};
