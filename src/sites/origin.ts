import type { SiteRow } from './site-row.js';

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** `scheme://host[:port]` of an http(s) URL that is nothing but an origin; undefined for anything else. */
export function normaliseOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  const more = url.username + url.password + url.search + url.hash + (url.pathname === '/' ? '' : url.pathname);
  return more === '' ? url.origin : undefined;
}

/** What this server's own pages are served from; in development by whatever name of this machine. */
export function ownOrigins(publicUrl: string, production: boolean): ReadonlySet<string> {
  const url = new URL(publicUrl);
  const names = production ? [] : LOOPBACK_HOSTS;
  return new Set([url.origin, ...names.map((host) => new URL(`http://${host}:${url.port || 80}`).origin)]);
}

/** `origin` as a browser sends it. */
export function isPermittedOrigin(site: Pick<SiteRow, 'origins'>, origin: string, own: ReadonlySet<string>): boolean {
  return own.has(origin) || site.origins.includes(origin);
}

interface OriginHeaders {
  origin?: string | undefined;
  host?: string | undefined;
}

/**
 * The origin of the page that asks, unless it is one that this very host served: browsers send `Origin` with writes of
 * a server's own pages too, by whatever name or proxy they reached it.
 */
export function crossOrigin({ origin, host }: OriginHeaders): string | undefined {
  if (origin === undefined) return undefined;
  const asking = URL.canParse(origin) ? new URL(origin).host : undefined;
  return host !== undefined && asking === host.toLowerCase() ? undefined : origin;
}
