import { domains, DomainSet } from '../links/domain-list.js';
import { evidenceOfLinks } from '../links/evidence.js';
import type { RuleKind, Said } from '../rules/rule-kind.js';
import type { Comment } from '../rules/comment.js';
import { fields, flag, optional, type Checked } from '../rules/shape.js';

const params = fields({
  banned: optional(domains, []),
  /** Never found by this rule, though a domain above is banned. */
  allowed: optional(domains, []),
  /** Every domain is banned but those allowed. */
  othersToo: optional(flag, false),
});

type Params = Checked<typeof params>;

function screener({ banned, allowed, othersToo }: Params): (comment: Comment) => Said[] {
  const bannedSet = new DomainSet(banned);
  const allowedSet = new DomainSet(allowed);
  return ({ body, input }) => {
    const found = input.links.filter(
      ({ host }) =>
        host !== '' && !allowedSet.memberFor(host) && (othersToo || bannedSet.memberFor(host) !== undefined),
    );
    if (found.length === 0) return [];
    const hosts = [...new Set(found.map(({ host }) => host))].slice(0, 5);
    const explanation = `It links to ${hosts.join(', ')}, where links of this site may not lead.`;
    return [{ score: 1, evidence: evidenceOfLinks(body, found), explanation }];
  };
}

/** Where links may lead. */
export const domainsPhase: RuleKind<Params> = {
  kind: 'domains',
  action: 'hold',
  params,
  compile(rules) {
    const screeners = rules.map(screener);
    return (comment) => screeners.map((screen) => screen(comment));
  },
};
