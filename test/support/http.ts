/** What a server answered; `body` is the parsed JSON where it was some. */
export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
  text: string;
}

export interface Call {
  method?: string;
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  rawBody?: string;
  headers?: Record<string, string>;
  query?: Record<string, string | number | readonly string[] | undefined>;
}

/** An error of RFC 9457, as the server words it. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  instance?: string;
  errors?: { pointer: string; detail: string }[];
}

/** One request to one server, with what most requests of the suites need. */
export async function request<T>(address: string, path: string, call: Call = {}): Promise<Answer<T>> {
  const url = new URL(path, address);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value === undefined) continue;
    for (const one of typeof value === 'object' ? value : [value]) url.searchParams.append(name, String(one));
  }
  const response = await fetch(url, {
    method: call.method ?? 'GET',
    headers: {
      ...(call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }),
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...call.headers,
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    ...(call.rawBody === undefined ? {} : { body: call.rawBody }),
  });
  const text = await response.text();
  // Not lines of it.
  const json = /\bjson\b/.test(response.headers.get('content-type') ?? '') && text !== '';
  return { status: response.status, headers: response.headers, text, body: (json ? JSON.parse(text) : undefined) as T };
}
