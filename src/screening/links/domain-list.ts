import { list, text } from '../rules/shape.js';
import { domainOf } from './domain.js';

/** Domains as staff write them; each stands for its subdomains too. */
export const domains = list(
  text((written) => (domainOf(written) === undefined ? 'is a domain, such as example.com' : undefined)),
  { most: 10_000 },
);

/** Looked up by a host and what is above it, so the length of the list does not matter. */
export class DomainSet {
  private readonly all: ReadonlySet<string>;

  constructor(written: readonly string[]) {
    this.all = new Set(written.map((each) => domainOf(each) ?? ''));
  }

  /** The member that a host is within. */
  memberFor(host: string): string | undefined {
    const labels = host.split('.');
    return labels.map((_, at) => labels.slice(at).join('.')).find((domain) => this.all.has(domain));
  }
}
