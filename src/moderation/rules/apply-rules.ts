import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { OutgoingHttp } from '../../platform/http-client/outgoing-http.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { auditActor, type StaffActor } from '../../identity/index.js';
import { defaultRules, problemsOfSet } from '../../screening/index.js';
import {
  ChangeRules,
  RuleSecrets,
  SiteCache,
  type RuleChanges,
  type SiteRow,
  type StoredRule,
} from '../../sites/index.js';
import { invalidRules } from './read-rule.js';

export interface ApplyInput {
  site: SiteRow;
  /** Says under the lock what to change, or throws. */
  change(current: readonly StoredRule[], rulesVersion: number): RuleChanges;
  /** Given for rules of the kind `external`. */
  secrets?: ReadonlyMap<string, string>;
  /** Of the rule at this place of the body. */
  pointerOf(id: string): string;
}

/** What all changes of rules have in common. Whoever calls has asked whether it is permitted. */
@Injectable()
export class ApplyRules {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly sites: SiteCache,
    private readonly changeRules: ChangeRules,
    private readonly ruleSecrets: RuleSecrets,
    private readonly http: OutgoingHttp,
  ) {}

  /** Answers the secrets that had to be made, by the rule. */
  async run(staff: StaffActor, input: ApplyInput): Promise<ReadonlyMap<string, string>> {
    const { site, secrets = new Map<string, string>() } = input;
    const made = new Map<string, string>();
    await this.unitOfWork.run(async (em) => {
      const sealed = new Map<string, Buffer>();
      await this.changeRules.run(em, {
        siteId: site.id,
        by: auditActor(staff),
        defaults: defaultRules(),
        secrets: sealed,
        change: (current, rulesVersion) => {
          const changes = input.change(current, rulesVersion);
          this.check(current, changes, input);
          // It may run again: what another attempt made counts no more.
          made.clear();
          for (const id of this.lacking(current, changes, secrets)) made.set(id, this.ruleSecrets.make());
          for (const [id, secret] of [...secrets, ...made]) sealed.set(id, this.ruleSecrets.seal(site.id, id, secret));
          return changes;
        },
      });
    });
    this.outbox.written();
    // The signal tells every node in a moment; who asked this one may post at once.
    this.sites.forget();
    return made;
  }

  private check(
    current: readonly StoredRule[],
    { put, remove }: RuleChanges,
    { pointerOf, secrets }: ApplyInput,
  ): void {
    const replaced = new Set([...put, ...remove].map(({ id }) => id));
    const all = [...current.filter(({ id }) => !replaced.has(id)), ...put];
    const problems = problemsOfSet(all);
    const external = new Set(all.filter(({ kind }) => kind === 'external').map(({ id }) => id));
    for (const { id, params } of put.filter((rule) => external.has(rule.id))) {
      const fault = this.http.faultOf((params as { url: string }).url);
      if (fault !== undefined) problems.push({ pointer: `${pointerOf(id)}/params/url`, detail: `It ${fault}.` });
    }
    for (const id of secrets?.keys() ?? []) {
      if (external.has(id)) continue;
      problems.push({ pointer: `${pointerOf(id)}/secret`, detail: 'Only rules of the kind external have one.' });
    }
    if (problems.length > 0) throw invalidRules(problems);
  }

  /** Rules that begin to ask a service, and were given no secret. */
  private lacking(current: readonly StoredRule[], { put }: RuleChanges, given: ReadonlyMap<string, string>): string[] {
    const had = new Set(current.filter(({ kind }) => kind === 'external').map(({ id }) => id));
    return put.filter(({ id, kind }) => kind === 'external' && !had.has(id) && !given.has(id)).map(({ id }) => id);
  }
}
