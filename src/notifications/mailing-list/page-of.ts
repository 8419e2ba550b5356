const MAX_LENGTH = 500;

/**
 * Where the box stood, for the proof of a consent: origin and path, as the browser tells them. Its query and fragment
 * may say something of the reader, and pages of others say nothing of the site.
 */
export function pageOf(
  { referer, origin }: { referer: string | undefined; origin: string | undefined },
  origins: readonly string[],
): string | null {
  const page = [referer, origin].find(
    (one) => one !== undefined && URL.canParse(one) && origins.includes(new URL(one).origin),
  );
  if (page === undefined) return null;
  const { origin: site, pathname } = new URL(page);
  return (page === referer ? `${site}${pathname}` : site).slice(0, MAX_LENGTH);
}
