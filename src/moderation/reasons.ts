import { Injectable } from '@nestjs/common';
import { invalidField } from '../platform/errors.js';
import { authorise, requireStaff, type Actor } from '../identity/index.js';
import { reasonView, SiteCache, type DecisionReason } from '../sites/index.js';
import type { ReasonListView } from './reason.view.js';

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

  /** A batch may be about comments of several sites: the code has to be one of any site that is mine. @throws validation */
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
