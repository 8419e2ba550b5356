import { evidenceOfLinks } from '../links/evidence.js';
import type { Phase } from '../phase.js';

/** Spam lives by its links; a reader seldom needs more than a few. Held, not rejected: sources are links too. */
export const linksPhase: Phase = {
  rule: 'links',
  screen({ body, links, settings: { maxLinks } }) {
    if (links.length <= maxLinks) return [];
    const evidence = evidenceOfLinks(body, links);
    const score = Math.min(1, (links.length - maxLinks) / (maxLinks + 1));
    const explanation = `${links.length} links, and at most ${maxLinks} go without a look.`;
    return [{ rule: 'links', score, action: 'hold', evidence, explanation }];
  },
};
