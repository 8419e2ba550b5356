import type { IncomingHttpHeaders } from 'node:http';
import { crossOrigin, type OriginPolicy } from '../sites/index.js';

type Headers = Pick<IncomingHttpHeaders, 'origin' | 'host'> & { 'sec-fetch-site'?: string | string[] | undefined };

/**
 * True where the browser says that a page of this server asks: by `Origin`, or in its absence by Fetch Metadata.
 * Without either it is no proof.
 */
export function provenSameOrigin(headers: Headers, origins: Pick<OriginPolicy, 'isOwn'>): boolean {
  if (headers.origin === undefined) return headers['sec-fetch-site'] === 'same-origin';
  const origin = crossOrigin(headers);
  return origin === undefined || origins.isOwn(origin);
}

/** True where a browser says that a page of another server asks. Programs that are no browsers say neither. */
export function saidCrossOrigin(headers: Headers, origins: Pick<OriginPolicy, 'isOwn'>): boolean {
  const silent = headers.origin === undefined && headers['sec-fetch-site'] === undefined;
  return !silent && !provenSameOrigin(headers, origins);
}
