import { invalidField } from '../platform/errors.js';
import type { AuditEntry } from '../platform/audit/audit-trail.js';
import { normaliseOrigin } from './origin.js';
import type { SiteSettings } from './site-settings.js';

/** What is left out keeps its value, or its default in a new site. */
export interface SaveSiteInput {
  by: AuditEntry['actor'];
  name?: string | undefined;
  origins?: readonly string[] | undefined;
  settings?: Partial<SiteSettings> | undefined;
}

/** Normalised and each once. @throws validation */
export function normaliseOrigins(origins: readonly string[]): string[] {
  const normalised = origins.map((origin, index) => {
    const result = normaliseOrigin(origin);
    if (result === undefined) {
      throw invalidField(
        `/origins/${index}`,
        'An origin is http(s)://host[:port], without a path, a query or credentials.',
      );
    }
    return result;
  });
  return [...new Set(normalised)];
}

/** Only the keys that were given: a request's class may carry undefined ones. */
export function givenSettings(settings: Partial<SiteSettings> | undefined): Partial<SiteSettings> {
  return Object.fromEntries(Object.entries(settings ?? {}).filter(([, value]) => value !== undefined));
}
