/**
 * The lower bound of Wilson's score interval for the share of up-votes: what the share is at least, with the
 * confidence that `z` stands for (1.96: 95 %). So 1 of 1 (0.21) ranks below 90 of 100 (0.83).
 *
 * Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference",
 * Journal of the American Statistical Association 22 (158), 209-212:
 * (p + z²/2n - z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), with n votes and p = up / n.
 *
 * @returns 0 to 1; 0 without votes.
 */
export function wilsonLowerBound(up: number, down: number, z = 1.96): number {
  const n = up + down;
  if (n <= 0 || up <= 0) return 0;
  const p = up / n;
  const z2 = z * z;
  const bound = (p + z2 / (2 * n) - z * Math.sqrt((p * (1 - p) + z2 / (4 * n)) / n)) / (1 + z2 / n);
  return Math.min(1, Math.max(0, bound));
}
