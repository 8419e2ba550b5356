import type { Problem } from './api-types.js';
import { fullTime } from './time.js';

/** An answer that is not 2xx, or none at all (`status` 0). */
export class ApiError extends Error {
  constructor(
    readonly problem: Problem,
    readonly retryAfterSeconds: number | undefined,
  ) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
  }

  get status(): number {
    return this.problem.status;
  }

  /** Whether the same request may succeed in a moment: nothing was refused. */
  get passing(): boolean {
    return [0, 502, 503, 504].includes(this.status) || this.problem.code === 'request-in-progress';
  }

  /** Every sentence a person should read about it, the general one first. */
  get lines(): string[] {
    const fields = this.problem.errors?.map(({ detail }) => detail) ?? [];
    const wait = this.status === 429 && this.retryAfterSeconds ? [`Try again in ${this.retryAfterSeconds} s.`] : [];
    const general = suspension(this.problem) ?? this.problem.detail ?? this.problem.title;
    return [...new Set([...(fields.length > 0 ? [] : [general]), ...fields, ...wait])];
  }
}

/** With the time as the reader's clock shows it; the server's sentence has it in UTC. */
function suspension({ code, sanction }: Problem): string | undefined {
  if (code !== 'suspended' || !sanction?.until) return undefined;
  return `You can’t take part here until ${fullTime(sanction.until)}. ${sanction.explanation}`;
}

interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  query?: Record<string, string | number | undefined | null>;
  token?: string | undefined;
  idempotencyKey?: string;
  /** Whether the server is told the page's whole address, whatever the page's own policy. */
  tellPage?: true;
}

/** JSON over fetch. `credentials`: the console has a cookie, the widget never sends one. */
export class ApiClient {
  constructor(
    private readonly origin: string,
    private readonly credentials: RequestCredentials,
  ) {}

  async call<Answer>(path: string, call: Call = {}): Promise<Answer> {
    const text = await (await this.answer(path, call)).text();
    // Some answers say nothing but that it is done.
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }

  async file(path: string, call: Call = {}): Promise<Blob> {
    return (await this.answer(path, call)).blob();
  }

  private async answer(path: string, call: Call): Promise<Response> {
    const { method = 'GET', body, query = {}, token, idempotencyKey, tellPage } = call;
    const url = new URL(`/api/v1${path}`, this.origin);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null) url.searchParams.set(name, String(value));
    }
    const headers = new Headers();
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey);
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers,
        credentials: this.credentials,
        ...(tellPage && { referrerPolicy: 'no-referrer-when-downgrade' }),
        body: body === undefined ? null : JSON.stringify(body),
      });
    } catch {
      throw new ApiError({ type: 'about:blank', title: 'The server cannot be reached.', status: 0 }, undefined);
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }
}

async function problemOf(response: Response): Promise<ApiError> {
  const wait = Number(response.headers.get('retry-after')) || undefined;
  const fallback = { type: 'about:blank', title: `The server answered ${response.status}.`, status: response.status };
  const isProblem = response.headers.get('content-type')?.includes('json') ?? false;
  const problem = isProblem ? ((await response.json().catch(() => ({}))) as Partial<Problem>) : {};
  return new ApiError({ ...fallback, ...problem }, wait);
}

/** The lines of any error, for the place beside the form. */
export const errorLines = (error: unknown): string[] =>
  error instanceof ApiError ? error.lines : [error instanceof Error ? error.message : String(error)];

/** A random (v4) UUID; `crypto.randomUUID` is missing on pages without TLS. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Tries again, with the pauses given, as long as the failure may pass (no answer, 502 to 504, still running). */
export async function patiently<Answer>(attempt: () => Promise<Answer>, pauses = [400, 1_200]): Promise<Answer> {
  try {
    return await attempt();
  } catch (error) {
    const [pause, ...rest] = pauses;
    if (pause === undefined || !(error instanceof ApiError) || !error.passing) throw error;
    await new Promise((resolve) => setTimeout(resolve, pause));
    return patiently(attempt, rest);
  }
}
