import type { Phase } from '../phase.js';

/** Where moderation comes first, every comment waits for it, whatever else is said of it. Says nothing of the text: score 0. */
export const modePhase: Phase = {
  rule: 'mode',
  screen({ moderationMode }) {
    if (moderationMode === 'post') return [];
    const explanation = 'Comments here are read by a moderator before they are published.';
    return [{ rule: 'mode', score: 0, action: 'hold', evidence: [], explanation }];
  },
};
