import { Injectable } from '@nestjs/common';
import { invalidField } from '../platform/errors.js';
import { authorise, requireStaff, type Actor } from '../identity/index.js';
import { reasonView, SiteCache, type DecisionReason, type SiteRow } from '../sites/index.js';
import type { Outcome } from './judge.js';
import type { ReasonListView } from './reason.view.js';

interface Judged {
  comment: { siteId: string } | undefined;
  outcome: Outcome;
}

/** Why staff take comments down and sanction readers: each site has a list of its own. */
@Injectable()
export class Reasons {
  constructor(private readonly sites: SiteCache) {}

  /** Of one site, or of all that are mine: what several of them have, once. */
  async list(actor: Actor, siteKey?: string): Promise<ReasonListView> {
    const staff = requireStaff(actor);
    if (siteKey === undefined) {
      const all = [...(await this.ofSites([...staff.roles.keys()])).values()];
      return { items: all.map(reasonView), nextCursor: null };
    }
    const site = await this.sites.siteByKey(siteKey);
    authorise(staff, 'site.read', site.id, 'site');
    return { items: site.settings.decisionReasons.map(reasonView), nextCursor: null };
  }

  /** Before it is known which comments are meant: one of any site that is mine. `checkOn` asks again. @throws validation */
  async check(actor: Actor, code: string | undefined): Promise<void> {
    const staff = requireStaff(actor);
    if (code !== undefined) assertKnown(code, await this.ofSites([...staff.roles.keys()]));
  }

  /** What each of the sites says of the code, by the site's id. @throws validation */
  async onSites(siteIds: readonly string[], code: string): Promise<ReadonlyMap<string, DecisionReason>> {
    const said = new Map<string, DecisionReason>();
    for (const id of siteIds) said.set(id, assertKnown(code, await this.ofSites([id])));
    return said;
  }

  /** Each comment's own site has to have the code; of what is not theirs nobody learns its reasons. @throws validation */
  async checkOn(judged: readonly Judged[], code: string): Promise<void> {
    const seen = judged.flatMap(({ comment, outcome }) => (comment && outcome !== 'not-found' ? comment.siteId : []));
    await this.onSites([...new Set(seen)], code);
  }

  /** Those of the sites that have the code; all of them where there is none. */
  async sitesWith(siteIds: readonly string[], code: string | undefined): Promise<SiteRow[]> {
    const sites = await Promise.all(siteIds.map((id) => this.sites.siteById(id)));
    return sites.filter(
      ({ settings }) => code === undefined || settings.decisionReasons.some((reason) => reason.code === code),
    );
  }

  private async ofSites(ids: readonly string[]): Promise<Map<string, DecisionReason>> {
    const sites = await Promise.all(ids.map((id) => this.sites.siteById(id)));
    const all = sites.flatMap(({ settings }) => settings.decisionReasons);
    const known = new Map<string, DecisionReason>();
    for (const reason of all) if (!known.has(reason.code)) known.set(reason.code, reason);
    return known;
  }
}

function assertKnown(code: string, known: ReadonlyMap<string, DecisionReason>): DecisionReason {
  const reason = known.get(code);
  if (reason) return reason;
  throw invalidField('/reason', `It must be one of ${[...known.keys()].join(', ')}.`);
}
