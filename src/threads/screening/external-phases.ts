import { Injectable, Logger } from '@nestjs/common';
import { BoundedMap } from '../../platform/bounded-map.js';
import { Clock } from '../../platform/clock/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { OutgoingHttp } from '../../platform/http-client/outgoing-http.js';
import { signedHeaders } from '../../platform/http-client/standard-webhooks.js';
import { newId } from '../../platform/new-id.js';
import { Metrics } from '../../platform/observability/metrics.js';
import {
  findingsOfAnswer,
  findingsOfFailure,
  readAnswer,
  type ExternalRule,
  type Finding,
} from '../../screening/index.js';
import { ReadRules, RuleSecrets, type SiteRow } from '../../sites/index.js';
import { Circuit } from './circuit.js';
import { externalContext } from './external-context.store.js';

export interface ExternalQuestion {
  action: 'NEW' | 'EDIT';
  sessionId: string;
  threadId: string;
  parentId: string | null;
  body: string;
}

const MAX_ANSWER_BYTES = 65_536;
const MAX_CIRCUITS = 10_000;

/** Asks the publisher's own services about a comment: all at once, each for as long as its rule says. Never in a transaction. */
@Injectable()
export class ExternalPhases {
  private readonly logger = new Logger(ExternalPhases.name);
  private readonly asked: ReturnType<typeof Metrics.prototype.counter<'outcome'>>;
  private readonly circuits = new BoundedMap<string, Circuit>(MAX_CIRCUITS);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly http: OutgoingHttp,
    private readonly clock: Clock,
    private readonly readRules: ReadRules,
    private readonly secrets: RuleSecrets,
    metrics: Metrics,
  ) {
    this.asked = metrics.counter('postil_external_screening_total', 'Questions to services of publishers', ['outcome']);
  }

  async ask(site: SiteRow, rules: readonly ExternalRule[], question: ExternalQuestion): Promise<Finding[]> {
    const { em } = this.unitOfWork;
    const [context, sealed] = await Promise.all([
      externalContext(em, question.sessionId, question.threadId),
      this.readRules.secrets(em, site.id),
    ]);
    if (!context) return [];
    const body = JSON.stringify({
      action: question.action,
      comment: { body: question.body, parentID: question.parentId },
      author: { id: context.readerId, role: 'COMMENTER' },
      story: { id: question.threadId, key: context.threadKey, url: context.url },
      site: { id: site.id, key: site.key },
    });
    const asked = rules.map(async (rule) => {
      const sealedSecret = sealed.get(rule.id);
      const secret = sealedSecret && this.secrets.open(site.id, rule.id, sealedSecret);
      const said = await this.askOne(site, rule, secret, body);
      return 'problem' in said ? findingsOfFailure(rule, said.problem) : findingsOfAnswer(rule, said.answer);
    });
    return (await Promise.all(asked)).flat();
  }

  private async askOne(
    site: SiteRow,
    rule: ExternalRule,
    secret: string | undefined,
    body: string,
  ): Promise<ReturnType<typeof readAnswer>> {
    const { url, timeoutMs } = rule.params;
    const circuit = this.circuitOf(`${site.id} ${rule.id} ${url}`);
    if (secret === undefined) return { problem: 'its secret cannot be read; set a new one' };
    if (!circuit.admits()) {
      this.asked.inc({ outcome: 'skipped' });
      return { problem: 'it failed again and again, and is left alone for half a minute' };
    }
    const said = await this.send(url, timeoutMs, secret, body);
    if ('problem' in said) circuit.failed();
    else circuit.succeeded();
    this.asked.inc({ outcome: 'problem' in said ? 'failed' : 'answered' });
    if ('problem' in said) this.logger.warn(`rule ${rule.id} of site ${site.key}: ${said.problem}`);
    return said;
  }

  private async send(
    url: string,
    timeoutMs: number,
    secret: string,
    body: string,
  ): Promise<ReturnType<typeof readAnswer>> {
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Postil',
      ...signedHeaders([secret], { id: newId(), at: this.clock.now(), body }),
    };
    try {
      const answer = await this.http.send({ url, headers, body, timeoutMs, maxBytes: MAX_ANSWER_BYTES });
      return readAnswer(answer.status, answer.body);
    } catch (error) {
      return { problem: problemOf(error) };
    }
  }

  private circuitOf(key: string): Circuit {
    let circuit = this.circuits.get(key);
    if (!circuit) {
      circuit = new Circuit(() => this.clock.now().getTime());
      this.circuits.set(key, circuit);
    }
    return circuit;
  }
}

/** For moderators: nothing of the network's inside. */
function problemOf(error: unknown): string {
  const { name } = error as Error;
  if (name === 'TimeoutError') return 'it did not answer in time';
  if (name === 'TargetRefused') return 'it is at a private address';
  return 'it could not be reached';
}
