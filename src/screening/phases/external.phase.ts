import type { RuleKind } from '../rules/rule-kind.js';
import { fields, integer, oneOf, optional, text, type Checked } from '../rules/shape.js';

export const LONGEST_TIMEOUT_MS = 5_000;

const address = text((value) => {
  if (value.length > 2_000) return 'has at most 2,000 characters';
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) return 'is an address of http:// or https://';
  return url.username !== '' || url.password !== '' ? 'has no user name and no password' : undefined;
});

const params = fields({
  url: address,
  timeoutMs: optional(integer(100, LONGEST_TIMEOUT_MS), 1_500),
  /** What happens to a comment where the service says nothing that can be understood, or nothing in time. */
  onFailure: optional(oneOf('hold', 'publish', 'ignore'), 'hold'),
});

export type ExternalParams = Checked<typeof params>;

/**
 * A service of the publisher's own has its say after all other rules, unless they reject anyway. It is asked outside of
 * here, where there is a network: the phase itself is silent.
 */
export const externalPhase: RuleKind<ExternalParams> = {
  kind: 'external',
  // Its own word counts; a rule with `hold` turns its rejections into holds.
  action: 'reject',
  params,
  compile: (rules) => () => rules.map(() => []),
};
