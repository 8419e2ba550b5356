import { OWNER } from './postil-node.js';

/** The few calls that prepare a benchmark; nothing here is measured. */
export class Api {
  private constructor(
    private readonly port: number,
    readonly staffToken: string,
  ) {}

  static async signIn(port: number): Promise<Api> {
    const { token } = await send<{ token: string }>(port, 'POST', '/staff/sessions', OWNER);
    return new Api(port, token);
  }

  async site(key: string, moderationMode: 'pre' | 'post'): Promise<void> {
    await send(
      this.port,
      'PUT',
      `/sites/${key}`,
      { name: key, origins: [], settings: { moderationMode } },
      this.staffToken,
    );
  }

  /** Answers the thread's id. */
  async thread(site: string, key: string, moderationMode?: 'pre' | 'post'): Promise<string> {
    const url = `https://news.example/${key}`;
    const body = { url, title: `Measured: ${key}`, ...(moderationMode ? { moderationMode } : {}) };
    const path = `/sites/${site}/threads/${key}`;
    const { thread } = await send<{ thread: { id: string } }>(this.port, 'PUT', path, body, this.staffToken);
    return thread.id;
  }

  /** Answers the id of a webhook endpoint that nothing is ever sent to. */
  async endpoint(site: string): Promise<string> {
    const body = { url: 'https://news.example/hook', types: ['list.withdrawn'] };
    const path = `/sites/${site}/webhooks`;
    const { endpoint } = await send<{ endpoint: { id: string } }>(this.port, 'POST', path, body, this.staffToken);
    return endpoint.id;
  }

  /** New ones, each with a session. */
  async moderators(site: string, count: number): Promise<{ id: string; token: string }[]> {
    const made: { id: string; token: string }[] = [];
    for (let n = 1; n <= count; n++) {
      const account = { email: `moderator-${n}@example.org`, password: OWNER.password };
      const body = { ...account, displayName: `Moderator ${n}`, site, role: 'moderator' };
      const { staff } = await send<{ staff: { id: string } }>(this.port, 'POST', '/staff', body, this.staffToken);
      made.push({ ...(await send<{ token: string }>(this.port, 'POST', '/staff/sessions', account)), id: staff.id });
    }
    return made;
  }

  guests(site: string, count: number): Promise<string[]> {
    return Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const body = { displayName: `Reader ${i + 1}` };
        return (await send<{ token: string }>(this.port, 'POST', `/sites/${site}/sessions`, body)).token;
      }),
    );
  }
}

async function send<T>(port: number, method: string, path: string, body: unknown, token?: string): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}
