/** `@[name](reader:id)`: who is meant is the id; the name is what the page shows, and as the author left it. */
const MENTION = /@\[[^\][\n]{1,100}\]\(reader:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\)/g;

/** More in one comment is no conversation any more. */
export const MAX_MENTIONS = 10;

/** The readers that a comment's Markdown mentions, each once, in their order. */
export function mentionsIn(body: string): string[] {
  return [...new Set([...body.matchAll(MENTION)].flatMap(([, id]) => id ?? []))].slice(0, MAX_MENTIONS);
}
