/** What every link of a reader carries: no weight for search engines, no handle on the page that it was opened from. */
export const LINK_REL = 'nofollow ugc noopener';

/**
 * Whether a comment may link there: an absolute http or https address with a host and no user name before it
 * (`https://bank.example@evil.example` shows one host and opens another), or a mail address.
 */
export function isPermittedUrl(url: string): boolean {
  return hostOf(url) !== undefined;
}

/** The host in lower-case ASCII (the mail domain of a mailto), or undefined where linking is not permitted. */
export function hostOf(url: string): string | undefined {
  // The WHATWG parser strips tabs and leading spaces, and takes `https:x`: stricter here than what a browser accepts.
  if (/^mailto:/i.test(url))
    return /^mailto:[^\s@?:/]+@([a-z0-9.-]+\.[a-z0-9-]+)(?:\?|$)/i.exec(url)?.[1]?.toLowerCase();
  if (!/^https?:\/\/[^/?#\\\s]/i.test(url) || !URL.canParse(url)) return undefined;
  const { hostname, username, password } = new URL(url);
  return username === '' && password === '' && hostname !== '' ? hostname : undefined;
}
