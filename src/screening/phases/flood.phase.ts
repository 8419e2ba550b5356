import { ruleKind } from '../rules/rule-kind.js';
import { fields, integer, optional } from '../rules/shape.js';

/** More than one can write with thought. The rate limit refuses machines; this lets a moderator see who is in a rage. */
export const floodPhase = ruleKind({
  kind: 'flood',
  action: 'hold',
  // Twice as many are as bad as it gets.
  needs: ({ posts, perSeconds }) => ({ posted: { seconds: perSeconds, most: 2 * posts } }),
  params: fields({ posts: optional(integer(1, 1_000), 5), perSeconds: optional(integer(1, 86_400), 60) }),
  screen({ input: { author, now, event } }, { posts, perSeconds }) {
    if (!author || now === undefined || event === 'edit') return [];
    const count = author.postedAt.filter((at) => now - at < perSeconds * 1_000).length + 1;
    if (count <= posts) return [];
    const score = Math.min(1, (count - posts) / posts);
    return [{ score, explanation: `${count} comments of one reader within ${perSeconds} s; ${posts} are usual.` }];
  },
});
