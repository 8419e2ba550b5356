/** What campaigns and networks add to an address without changing what it names. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid)$/;

/**
 * Whether two addresses are of one article: the same host and path. Scheme, `www.`, a slash at the end, fragments and
 * what campaigns add make no difference; any other parameter does.
 */
export function sameArticle(one: string, other: string): boolean {
  const [name, otherName] = [articleName(one), articleName(other)];
  return name !== undefined && name === otherName;
}

function articleName(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  const kept = [...url.searchParams].filter(([name]) => !TRACKING.test(name)).sort();
  return JSON.stringify([url.host.replace(/^www\./, ''), url.pathname.replace(/\/+$/, ''), kept]);
}
