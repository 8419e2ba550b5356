import { domains, DomainSet } from '../links/domain-list.js';
import { domainOf, isWithin, mixesScripts, skeletonOf } from '../links/domain.js';
import { evidenceOfLinks } from '../links/evidence.js';
import { domainSaid, isHidden, labelsOf } from '../links/labels.js';
import type { Link } from '../phase.js';
import type { RuleKind, Said } from '../rules/rule-kind.js';
import type { Comment } from '../rules/comment.js';
import { fields, optional, type Checked } from '../rules/shape.js';

const params = fields({
  /** Domains that others may pose as: the site's own, its bank's, those that its readers trust. */
  trusted: optional(domains, []),
});

type Params = Checked<typeof params>;

/** Finds the trusted domain that a host poses as: by look-alike letters, or by bearing its name at the wrong end. */
class Impostors {
  private readonly trusted: DomainSet;
  private readonly bySkeleton: ReadonlyMap<string, string>;

  constructor(written: readonly string[]) {
    const all = written.map((each) => domainOf(each) ?? '');
    this.trusted = new DomainSet(all);
    this.bySkeleton = new Map(all.map((domain) => [skeletonOf(domain), domain]));
  }

  posesAs(host: string): string | undefined {
    if (this.bySkeleton.size === 0 || this.trusted.memberFor(host) !== undefined) return undefined;
    const labels = skeletonOf(host).split('.');
    for (let from = 0; from < labels.length; from++) {
      for (let to = from + 2; to <= labels.length; to++) {
        const domain = this.bySkeleton.get(labels.slice(from, to).join('.'));
        if (domain !== undefined) return domain;
      }
    }
    return undefined;
  }
}

function deceit({ host }: Link, label: string | undefined, impostors: Impostors): string | undefined {
  const domain = impostors.posesAs(host);
  if (domain !== undefined) return `${host} looks like ${domain}`;
  if (mixesScripts(host)) return `${host} mixes letters of several alphabets`;
  if (label === undefined) return undefined;
  if (isHidden(label)) return `the link to ${host} can hardly be seen`;
  const said = domainSaid(label);
  if (said === undefined || host === '' || isWithin(host, said) || isWithin(said, host.replace(/^www\./, ''))) return;
  return `a link that reads ${said} leads to ${host}`;
}

function screen({ body, input: { html, links } }: Comment, impostors: Impostors): Said[] {
  if (links.length === 0) return [];
  const labels = labelsOf(html, links);
  const found = links.flatMap((link, at) => {
    const why = deceit(link, labels[at], impostors);
    return why === undefined ? [] : [{ link, why }];
  });
  if (found.length === 0) return [];
  const why = [...new Set(found.map((each) => each.why))].slice(0, 5).join('; ');
  const evidence = evidenceOfLinks(
    body,
    found.map(({ link }) => link),
  );
  return [{ score: 0.9, evidence, explanation: `Links may deceive: ${why}.` }];
}

/** Links that do not lead where readers think: another label, no visible label, a domain in disguise. */
export const deceptiveLinksPhase: RuleKind<Params> = {
  kind: 'deceptive-links',
  action: 'hold',
  params,
  compile(rules) {
    const all = rules.map(({ trusted }) => new Impostors(trusted));
    return (comment) => all.map((impostors) => screen(comment, impostors));
  },
};
