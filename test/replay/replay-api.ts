import { setTimeout as delay } from 'node:timers/promises';
import { Tally } from './tally.js';

/** Not found, by a request that was sent again. */
export const GONE_ON_RETRY = 'gone-on-retry';

/** An answer that will not change by asking again. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${status} ${code}: ${detail}`);
    this.name = 'Refused';
  }
}

interface Call {
  body?: unknown;
  token?: string;
  idempotencyKey?: string;
}

interface Problem {
  code?: string;
  detail?: string;
  title?: string;
}

const ANSWER_MS = 15_000;
const PAUSE_MS = 200;
const STILL_RUNNING = 'request-in-progress';

/** HTTP as a patient client: the same request again while the server is away, with the same `Idempotency-Key`. */
export class ReplayApi {
  /** Requests that were sent again. */
  retries = 0;
  /** Answers that no server should give, by status and request. */
  readonly broken = new Tally();
  private closed = false;

  constructor(
    readonly url: string,
    private readonly patienceMs: number,
  ) {}

  /** @param path below /api/v1 */
  async call<Answer>(method: string, path: string, call: Call = {}): Promise<Answer> {
    const deadline = Date.now() + this.patienceMs;
    for (let attempts = 1; ; attempts++) {
      try {
        return await this.once<Answer>(method, path, call);
      } catch (error) {
        if (error instanceof Refused && !isPassing(error)) throw retold(error, attempts);
        if (this.closed || Date.now() > deadline) throw error;
        this.retries++;
        await delay(PAUSE_MS);
      }
    }
  }

  /** Nothing is sent again from now on. */
  close(): void {
    this.closed = true;
  }

  private async once<Answer>(method: string, path: string, { body, token, idempotencyKey }: Call): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const text = await response.text();
    if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as Answer;
    const problem = problemOf(text);
    if (response.status === 500) this.broken.add(`500 to ${method} ${path.split('?')[0]}`);
    throw new Refused(response.status, problem.code ?? 'no-code', problem.detail ?? problem.title ?? '');
  }
}

function isPassing({ status, code }: Refused): boolean {
  return [429, 500, 502, 503, 504].includes(status) || code === STILL_RUNNING;
}

/** What is not found the second time may be a deletion that was carried out before its answer was lost. */
function retold(error: Refused, attempts: number): Refused {
  return attempts > 1 && error.status === 404 ? new Refused(404, GONE_ON_RETRY, error.message) : error;
}

function problemOf(text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return {};
  }
}
