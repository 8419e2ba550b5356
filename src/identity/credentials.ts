import type { IncomingHttpHeaders } from 'node:http';
import { invalidToken } from './identity.errors.js';

export const STAFF_COOKIE = 'postil_staff';

/** The bearer token of a request, if it carries one. @throws invalid-token where it carries something else. */
export function bearerToken({ authorization }: Pick<IncomingHttpHeaders, 'authorization'>): string | undefined {
  if (authorization === undefined) return undefined;
  const token = /^bearer +([\w.-]+) *$/i.exec(authorization)?.[1];
  if (token === undefined) throw invalidToken();
  return token;
}

/** The staff session's token in the request's cookies. */
export function cookieToken({ cookie }: Pick<IncomingHttpHeaders, 'cookie'>): string | undefined {
  for (const pair of cookie?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === STAFF_COOKIE && value) return value;
  }
  return undefined;
}

/** `maxAgeSeconds` 0 takes the cookie away. */
export function staffCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  const attributes = [
    'Path=/',
    'HttpOnly',
    'SameSite=Strict',
    `Max-Age=${maxAgeSeconds}`,
    ...(secure ? ['Secure'] : []),
  ];
  return [`${STAFF_COOKIE}=${token}`, ...attributes].join('; ');
}
