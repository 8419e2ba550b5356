import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  screen,
  verdictOf,
  type CompiledRules,
  type Finding,
  type ScreeningInput,
  type Verdict,
} from '../../screening/index.js';
import type { SiteRow } from '../../sites/index.js';
import type { ReadBody } from '../text/read-body.js';
import { ExternalPhases, type ExternalQuestion } from './external-phases.js';
import { readHistory, type History } from './history.js';
import { SiteRules } from './site-rules.js';

/** What stands beside the text, and may be different by the time the comment is written. */
export type Terms = Pick<ScreeningInput, 'moderationMode' | 'standing' | 'threadState'>;

export interface Judgement {
  verdict: Verdict;
  findings: Finding[];
}

export type Writing = ExternalQuestion & { commentId?: string };

/** One text of one comment, with all that its site's rules go by. */
export class Desk {
  private external: readonly Finding[] | undefined;

  constructor(
    private readonly site: SiteRow,
    private readonly text: ReadBody,
    private readonly writing: Writing,
    private readonly rules: CompiledRules,
    private readonly history: History,
    private readonly now: number,
    private readonly phases: ExternalPhases,
  ) {}

  /** To be stored with the text. */
  get digest(): string | null {
    return this.history.digest;
  }

  /** Whether somebody outside has a say, which may take a while. */
  get asksOthers(): boolean {
    return this.rules.external.length > 0;
  }

  /** What rules say, and services that were asked before. Once more for other terms: nothing is asked twice. */
  judge(terms: Terms): Judgement {
    const { settings } = this.site;
    const event = this.writing.action === 'EDIT' ? 'edit' : 'post';
    const known = { now: this.now, ...this.history.known, timeZone: settings.timeZone, event } as const;
    const local = screen({ ...this.text, ...terms, ...known, settings }, this.rules);
    if (!this.external || this.external.length === 0) return local;
    const findings = [...local.findings, ...this.external];
    return { verdict: verdictOf(findings), findings };
  }

  /** The second round: the publisher's services, where nothing rejects anyway. Never in a transaction. */
  async judgeWithOthers(terms: Terms): Promise<Judgement> {
    const local = this.judge(terms);
    if (!this.asksOthers || this.external || local.verdict === 'reject') return local;
    this.external = await this.phases.ask(this.site, this.rules.external, this.writing);
    return this.judge(terms);
  }
}

/** Where texts of readers are screened: when they are posted, edited, and tried. */
@Injectable()
export class ScreeningDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly siteRules: SiteRules,
    private readonly phases: ExternalPhases,
  ) {}

  async open(site: SiteRow, text: ReadBody, writing: Writing): Promise<Desk> {
    const rules = await this.siteRules.of(site);
    const { sessionId, commentId } = writing;
    const history = await readHistory(this.unitOfWork.em, rules, {
      sessionId,
      siteId: site.id,
      body: text.body,
      ...(commentId === undefined ? {} : { besides: commentId }),
    });
    return new Desk(site, text, writing, rules, history, this.clock.now().getTime(), this.phases);
  }
}
